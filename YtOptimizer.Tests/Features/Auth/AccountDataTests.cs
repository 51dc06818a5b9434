extern alias api;

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using api::YtOptimizer.Api.Features.Auth;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Export and deletion of an account, over every table that can hold rows of one.</summary>
public sealed class AccountDataTests : IAsyncLifetime
{
    /// <summary>What the audit trail keeps for its time (docs/SECURITY.md), and for minutes the tokens no longer taken.</summary>
    private static readonly string[] Kept = ["access_changes.user_id", "audit_trail.actor_id", "security_events.user_id"];

    private readonly ApiFixture api = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task TablesOfAccounts_AreExportedOrLeftOutWithAReason()
    {
        var listed = AccountTables
            .Exported.Select(table => $"{table.Name}.{table.Owner}")
            .Where(owner => owner != "profiles.id")
            .Concat(AccountTables.LeftOut.Keys);

        Assert.Equal(await FilledTables.OwnersAsync(api.Database, Ct), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_RowsInEveryTable_HoldsTheOwnOnesWithoutSecrets()
    {
        var (user, other) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        await FilledTables.FillAsync(api.Database, Ct);

        using var response = await user.Client.GetAsync("/api/v1/account/export", Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ytoptimizer-account.json", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain(other.Id.ToString(), text, StringComparison.Ordinal);
        using var export = JsonDocument.Parse(text);
        Assert.All(AccountTables.Exported, table =>
        {
            var rows = export.RootElement.GetProperty(table.Name);
            Assert.True(rows.GetArrayLength() > 0, $"{table.Name} is empty.");
            Assert.Equal(user.Id, rows[0].GetProperty(table.Owner).GetGuid());
            Assert.Empty(rows[0].EnumerateObject().Select(column => column.Name).Intersect(table.Secret, StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task Delete_RowsInEveryTable_LeavesOnlyWhatTheAuditTrailKeeps()
    {
        var (user, other) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        await FilledTables.FillAsync(api.Database, Ct);
        var owners = await FilledTables.OwnersAsync(api.Database, Ct);

        using var response = await user.Client.PostAsJsonAsync("/api/v1/account/delete", new { password = ApiFixture.Password }, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var owner in owners)
        {
            var left = await FilledTables.CountAsync(api.Database, owner, user.Id, Ct);
            Assert.True(left == 0 || Kept.Contains(owner), $"{owner} still holds {left} rows of the account.");
            Assert.True(await FilledTables.CountAsync(api.Database, owner, other.Id, Ct) > 0, $"{owner} lost rows of another account.");
        }

        await Eventually.TrueAsync(
            async () => (await user.Client.GetAsync("/api/v1/auth/profile", Ct)).StatusCode == HttpStatusCode.Unauthorized,
            "the token of the deleted account is refused"
        );
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "password_required")]
    [InlineData("""{"password":"not-the-password"}""", HttpStatusCode.Unauthorized, "wrong_password")]
    [InlineData("""{"pass":"x"}""", HttpStatusCode.BadRequest, null)]
    [InlineData("", HttpStatusCode.BadRequest, null)]
    public async Task Delete_WithoutTheRightPassword_DeletesNothing(string body, HttpStatusCode status, string? code)
    {
        var user = await api.CreateUserAsync();

        using var response = await user.Client.PostAsync(
            "/api/v1/account/delete",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Ct
        );

        Assert.Equal(status, response.StatusCode);
        if (code is not null)
        {
            Assert.Equal(code, (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
        }

        Assert.Equal(HttpStatusCode.OK, (await user.Client.GetAsync("/api/v1/auth/profile", Ct)).StatusCode);
    }

    [Fact]
    public async Task Delete_LastAdministrator_IsRefused()
    {
        var admin = await api.CreateUserAsync("admin");
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET role = 'user' WHERE role = 'admin' AND id <> @Id", new { admin.Id }, Ct);

        using var response = await admin.Client.PostAsJsonAsync("/api/v1/account/delete", new { password = ApiFixture.Password }, Ct);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("last_admin", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Delete_AccountWithoutPassword_NeedsAFreshSignIn()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync("DELETE FROM account_credentials WHERE user_id = @Id", new { user.Id }, Ct);
        await api.Database.Db.ExecuteAsync(
            "UPDATE sessions SET created_at = now() - interval '16 minutes' WHERE user_id = @Id",
            new { user.Id },
            Ct
        );

        using var stale = await user.Client.PostAsJsonAsync("/api/v1/account/delete", new { }, Ct);
        await api.Database.Db.ExecuteAsync("UPDATE sessions SET created_at = now() WHERE user_id = @Id", new { user.Id }, Ct);
        using var fresh = await user.Client.PostAsJsonAsync("/api/v1/account/delete", new { }, Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (stale.StatusCode, fresh.StatusCode));
        Assert.Equal("sign_in_again", (await Tokens.JsonAsync(stale)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task ExportAndDelete_Anonymous_AreRefused()
    {
        using var client = api.Anonymous();

        using var export = await client.GetAsync("/api/v1/account/export", Ct);
        using var delete = await client.PostAsJsonAsync("/api/v1/account/delete", new { password = ApiFixture.Password }, Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (export.StatusCode, delete.StatusCode));
    }
}
