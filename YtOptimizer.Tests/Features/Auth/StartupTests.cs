using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class StartupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("JWT_SECRET", "", "Missing required environment variable JWT_SECRET")]
    [InlineData("JWT_SECRET", "too-short", "JWT_SECRET")]
    [InlineData("JWT_SECRET", "your-super-secret-jwt-token-with-at-least-32-characters-long", "JWT_SECRET")]
    [InlineData("JWT_SECRET_PREVIOUS", "changeme-changeme-changeme-changeme", "JWT_SECRET_PREVIOUS")]
    [InlineData("JWT_ACCESS_TTL", "3d", "JWT_ACCESS_TTL")]
    [InlineData("JWT_REFRESH_TTL", "31d", "JWT_REFRESH_TTL")]
    [InlineData("SESSION_ABSOLUTE_TTL", "91d", "SESSION_ABSOLUTE_TTL")]
    [InlineData("ARGON2_MEMORY_KIB", "1024", "ARGON2_MEMORY_KIB")]
    [InlineData("PASSWORD_RESET_ENABLED", "true", "SMTP_HOST")]
    public async Task Start_MissingOrWeakSetting_IsRefusedByNameWithoutTheValue(string key, string value, string expected)
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { [key] = value });
        var error = Assert.ThrowsAny<Exception>(() => api.Anonymous());
        var text = error is OptionsValidationException validation ? string.Join('\n', validation.Failures) : error.ToString();
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.True(value.Length < 8 || !text.Contains(value, StringComparison.Ordinal), "The value is in the message.");
    }

    [Fact]
    public async Task Rotation_WithPreviousSecret_KeepsEverybodySignedInAndWithoutItNobody()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        string accessToken,
            refreshToken,
            oldSecret;
        await using (var before = await ApiProcesses.StartAsync(1, database))
        {
            var user = await before.CreateUserAsync();
            (accessToken, refreshToken, oldSecret) = (user.AccessToken, user.RefreshToken, before.JwtSecret);
        }

        await using (
            var rotated = await ApiProcesses.StartAsync(
                1,
                database,
                new Dictionary<string, string?> { ["JWT_SECRET_PREVIOUS"] = oldSecret }
            )
        )
        {
            using var client = rotated.ClientFor(accessToken);
            using var profile = await client.GetAsync(new Uri("/auth/profile", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, profile.StatusCode);
            using var refreshed = await rotated.Clients[0].PostAsJsonAsync("/auth/refresh", new { refreshToken }, Ct);
            Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
            refreshToken = (await Tokens.JsonAsync(refreshed)).GetProperty("refreshToken").GetString()!;
        }

        await using var after = await ApiProcesses.StartAsync(1, database);
        using var refused = after.ClientFor(accessToken);
        using var gone = await refused.GetAsync(new Uri("/auth/profile", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, gone.StatusCode);
        using var over = await after.Clients[0].PostAsJsonAsync("/auth/refresh", new { refreshToken }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
    }

    [Fact]
    public async Task Access_DatabaseOutOfReachForLongerThanTheBound_Is503NotStaleTrust()
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["ACCESS_STATE_MAX_AGE"] = "2s" });
        var user = await api.CreateUserAsync();
        var database = new NpgsqlConnectionStringBuilder(api.Database.ConnectionString);
        await using var server = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(api.Database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString
        );
        async Task AllowAsync(bool allow)
        {
            await using var command = server.CreateCommand($"ALTER DATABASE {database.Database} ALLOW_CONNECTIONS {allow}");
            await command.ExecuteNonQueryAsync(Ct);
            await using var end = server.CreateCommand(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Database}'"
            );
            await end.ExecuteNonQueryAsync(Ct);
        }

        await AllowAsync(false);

        // A route that needs no database itself: only the check of the token can refuse it.
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await user.Client.PostAsync(
                    new Uri("/api/v1/password-security/recommendations", UriKind.Relative),
                    null,
                    Ct
                );
                return response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null;
            },
            "a cut-off process lets nobody in"
        );
        await AllowAsync(true);
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await user.Client.PostAsync(
                    new Uri("/api/v1/password-security/recommendations", UriKind.Relative),
                    null,
                    Ct
                );
                return response.StatusCode == HttpStatusCode.OK;
            },
            "the process is back"
        );
    }

    [Fact]
    public async Task SessionCookie_OfAnOpenSession_IdentifiesItAndForgedOrEndedOnesDoNot()
    {
        await using var api = await ApiFixture.StartAsync();
        var user = await api.CreateUserAsync();
        using var client = api.Anonymous();
        using var login = await client.PostAsJsonAsync("/auth/login", new { email = user.Email, password = user.Password }, Ct);
        var cookie = login.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("yto_session=", StringComparison.Ordinal)).Split(';')[
            0
        ]["yto_session=".Length..];
        var check = (SessionCookieCheck)api.Services.GetService(typeof(SessionCookieCheck))!;
        Assert.Equal(user.Id, (await check.ReadAsync(cookie, Ct))?.UserId);
        Assert.Null(await check.ReadAsync(cookie[..^2] + (cookie[^2] == 'A' ? "BA" : "AA"), Ct));
        Assert.Null(await check.ReadAsync("", Ct));
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET token_version = token_version + 1 WHERE id = @id", new { user.Id }, Ct);
        Assert.Null(await check.ReadAsync(cookie, Ct));
    }
}
