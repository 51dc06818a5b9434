using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Database;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Worker;

public sealed partial class OpsCommandTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LockUnlockLogout_AreInForceOnTheApi()
    {
        var user = await api.CreateUserAsync();
        await OpsAsync("lock", user.Email);
        await Eventually.TrueAsync(
            async () => await ProfileAsync(user.Client) == HttpStatusCode.Unauthorized,
            "a locked account is refused"
        );
        await OpsAsync("unlock", user.Id.ToString());
        var again = await api.SignInAsync(user.Email);
        await OpsAsync("logout", user.Email.ToUpperInvariant());
        await Eventually.TrueAsync(
            async () => await ProfileAsync(again.Client) == HttpStatusCode.Unauthorized,
            "a signed-out account is refused"
        );
        Assert.Equal(
            3,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM audit_trail WHERE entity_id = @id AND actor_role = 'operator'",
                new { id = user.Id.ToString() },
                Ct
            )
        );
        var (code, _) = await RunAsync("ops", "lock", "nobody@example.com");
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Promote_WithCreate_MakesTheFirstAdministratorByALinkAndNoPassword()
    {
        var output = await OpsAsync("promote", "first-admin@example.com", "--create");
        var token = Token().Match(output).Groups["token"].Value;
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/reset-password", new { token, newPassword = ApiFixture.Password }, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var admin = await api.SignInAsync("first-admin@example.com");
        using var users = await admin.Client.GetAsync(new Uri("/api/v1/admin/users", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, users.StatusCode);
    }

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }

    private async Task<string> OpsAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(["ops", .. arguments]);
        Assert.True(code == 0, output);
        return output;
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var result = await WorkerProcess.RunAsync(
            api.Database.ConnectionString,
            new Dictionary<string, string> { ["JWT_SECRET"] = api.JwtSecret },
            arguments
        );
        return (result.ExitCode, result.Output + result.Error);
    }

    [GeneratedRegex("token=(?<token>[A-Za-z0-9_-]{64})", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
