using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>The API with a configured provider that is out of reach, and accounts to act with.</summary>
public sealed class Stage : ApiFixture
{
    public Stage() =>
        With(
            new Dictionary<string, string?>
            {
                ["GOOGLE_CLIENT_ID"] = "google-client",
                ["GOOGLE_CLIENT_SECRET"] = "dummy-client-secret",
                ["GOOGLE_BASE_URL"] = "http://127.0.0.1:1",
            }
        );

    /// <summary>The token of a reset link, as the worker would mail it.</summary>
    public async Task<string> ResetTokenAsync(ApiUser user)
    {
        using var client = Anonymous();
        using var asked = await client.PostAsJsonAsync(
            "/auth/forgot-password",
            new { email = user.Email },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await Service<PasswordResetRequests>().RunOnceAsync(TestContext.Current.CancellationToken);
        var id = await Database.Db.ScalarAsync<Guid>(
            "SELECT (data->>'resetId')::uuid FROM mail_outbox WHERE user_id = @id AND template = 'password_reset' ORDER BY created_at "
                + "DESC LIMIT 1",
            new { user.Id },
            TestContext.Current.CancellationToken
        );
        return ResetLink.Write(Service<AccountKeys>(), id);
    }

    public async Task<string> RefreshedAsync(string refreshToken)
    {
        using var client = Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken }, TestContext.Current.CancellationToken);
        return (await Tokens.JsonAsync(response)).GetProperty("refreshToken").GetString()!;
    }

    public Task ExecuteAsync(string sql, ApiUser user) =>
        Database.Db.ExecuteAsync(sql, new { user.Id, user.SessionId }, TestContext.Current.CancellationToken);

    private T Service<T>() => (T)Services.GetService(typeof(T))!;
}
