using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class PasswordChangeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Next = "umbrella Wagon 77 ☂";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangePassword_Right_EndsOtherSessionsAndKeepsThisOneWithTheTokenItHas()
    {
        var user = await api.CreateUserAsync();
        var other = await api.SignInAsync(user.Email);
        using var response = await user.Client.PutAsJsonAsync(
            "/api/v1/auth/change-password",
            new { currentPassword = user.Password, newPassword = Next },
            Ct
        );
        var body = await Tokens.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(string.IsNullOrEmpty(body.GetProperty("message").GetString()));
        Assert.Equal(1, body.GetProperty("revokedSessions").GetInt32());
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(other.Client));
        using var renewed = api.ClientFor(body.GetProperty("accessToken").GetString()!);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(renewed));
        using var anonymous = api.Anonymous();
        using var refreshed = await anonymous.PostAsJsonAsync("/auth/refresh", new { refreshToken = user.RefreshToken }, Ct);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        using var otherRefresh = await anonymous.PostAsJsonAsync("/auth/refresh", new { refreshToken = other.RefreshToken }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, otherRefresh.StatusCode);
        await api.SignInAsync(user.Email, Next);
        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM audit_trail WHERE entity_id = @id AND action = 'change_password'",
                user.Id.ToString()
            )
        );
    }

    [Theory]
    [InlineData("YtOptimizer")]
    [InlineData("ytoptimizer2026!")]
    [InlineData("YouTube-Optimizer-1")]
    [InlineData("{email}")]
    [InlineData("my {email}!")]
    [InlineData("{name}-2026")]
    public async Task NewPassword_ThatItsContextGivesAway_IsRefused(string pattern)
    {
        var name = "anna.lindgren" + string.Concat(Guid.CreateVersion7().ToString("N").Where(char.IsAsciiLetter));
        var email = $"{name}@example.com";
        var password = pattern
            .Replace("{email}", email.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal);
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/register", new { email, password }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("password_too_easy", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task ChangePassword_Twice_ThenLogout_WorksWithTheFirstToken()
    {
        var user = await api.CreateUserAsync();
        foreach (var (from, to) in new[] { (user.Password, Next), (Next, "another Wagon 78 ☂") })
        {
            using var changed = await user.Client.PutAsJsonAsync(
                "/api/v1/auth/change-password",
                new { currentPassword = from, newPassword = to },
                Ct
            );
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));
        }

        using var logout = await user.Client.PostAsJsonAsync("/api/v1/auth/logout", new { }, Ct);
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(user.Client));
    }

    [Fact]
    public async Task ChangePassword_ThenTokenVersionRaised_EndsTheKeptSessionToo()
    {
        var user = await api.CreateUserAsync();
        using var changed = await user.Client.PutAsJsonAsync(
            "/api/v1/auth/change-password",
            new { currentPassword = user.Password, newPassword = Next },
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET token_version = token_version + 1 WHERE id = @Id", new { user.Id }, Ct);
        await Eventually.TrueAsync(
            async () => await ProfileAsync(user.Client) == HttpStatusCode.Unauthorized,
            "the operator's statement ends the session",
            TimeSpan.FromSeconds(5)
        );
    }

    [Fact]
    public async Task ChangePassword_WrongCommonOrShort_AreRefusedWithTheField()
    {
        var user = await api.CreateUserAsync();
        using var wrong = await user.Client.PutAsJsonAsync(
            "/auth/change-password",
            new { currentPassword = "not it at all", newPassword = Next },
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var common = await user.Client.PutAsJsonAsync(
            "/auth/change-password",
            new { currentPassword = user.Password, newPassword = "Password1" },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, common.StatusCode);
        Assert.True((await Tokens.JsonAsync(common)).GetProperty("errors").TryGetProperty("newPassword", out _));
        using var tooShort = await user.Client.PutAsJsonAsync(
            "/auth/change-password",
            new { currentPassword = user.Password, newPassword = "short" },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, tooShort.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));
    }

    [Fact]
    public async Task ChangePassword_WrongOnes_CountAgainstTheSameLockAsSignIns()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await user.Client.PutAsJsonAsync(
                "/auth/change-password",
                new { currentPassword = "wrong" + i, newPassword = Next },
                Ct
            );
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var anonymous = api.Anonymous();
        for (var i = 0; i < 2; i++)
        {
            using var wrong = await anonymous.PostAsJsonAsync("/auth/login", new { email = user.Email, password = "wrong" + i }, Ct);
        }

        // Locked for guessing by password, but the open session of the owner goes on.
        using var right = await anonymous.PostAsJsonAsync("/auth/login", new { email = user.Email, password = user.Password }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        using var change = await user.Client.PutAsJsonAsync(
            "/auth/change-password",
            new { currentPassword = user.Password, newPassword = Next },
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, change.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));
        using var refreshed = await anonymous.PostAsJsonAsync("/auth/refresh", new { refreshToken = user.RefreshToken }, Ct);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM security_events WHERE user_id = @id::uuid AND event_type = 'account_lockout'",
                user.Id.ToString()
            )
        );
    }

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }

    private Task<int> CountAsync(string sql, string id) => api.Database.Db.ScalarAsync<int>(sql, new { id }, Ct)!;
}
