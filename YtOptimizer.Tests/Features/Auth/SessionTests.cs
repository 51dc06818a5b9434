using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class SessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_TwoSignIns_AreListedAndOneCanBeEnded()
    {
        var first = await api.CreateUserAsync();
        var second = await api.SignInAsync(first.Email);
        var list = await first.Client.GetFromJsonAsync<JsonElement>("/api/v1/auth/sessions", Ct);
        var sessions = list.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        Assert.Equal(
            first.SessionId,
            Assert.Single(sessions, s => s.GetProperty("isCurrentSession").GetBoolean()).GetProperty("id").GetGuid()
        );

        using var ended = await first.Client.DeleteAsync(new Uri($"/auth/sessions/{second.SessionId}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(second.Client));
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(first.Client));
        using var again = await first.Client.DeleteAsync(new Uri($"/auth/sessions/{second.SessionId}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task RevokeSession_OfSomebodyElse_Is404AndChangesNothing()
    {
        var owner = await api.CreateUserAsync();
        var other = await api.CreateUserAsync();
        using var response = await other.Client.DeleteAsync(new Uri($"/auth/sessions/{owner.SessionId}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(owner.Client));
    }

    [Fact]
    public async Task Logout_EndsThisSessionOnly()
    {
        var first = await api.CreateUserAsync();
        var second = await api.SignInAsync(first.Email);
        using var response = await first.Client.PostAsJsonAsync("/api/v1/auth/logout", new { }, Ct);
        Assert.True((await Tokens.JsonAsync(response)).GetProperty("success").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(first.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(first.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(second.Client));
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM user_logs WHERE user_id = @id AND activity_type = 'user_logout'",
                new { first.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task LogoutAll_EndsEverySessionAndANewSignInWorksAtOnce()
    {
        var first = await api.CreateUserAsync();
        var second = await api.SignInAsync(first.Email);
        using var response = await first.Client.PostAsJsonAsync("/auth/logout-all", new { }, Ct);
        Assert.Equal(2, (await Tokens.JsonAsync(response)).GetProperty("revokedSessions").GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(first.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(second.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(second.RefreshToken)).StatusCode);
        var third = await api.SignInAsync(first.Email);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(third.Client));
    }

    [Fact]
    public async Task Refresh_Twice_GivesAChainOfTokensAndNoneIsStored()
    {
        var user = await api.CreateUserAsync();
        using var one = await RefreshAsync(user.RefreshToken);
        var first = await Tokens.JsonAsync(one);
        using var two = await RefreshAsync(first.GetProperty("refreshToken").GetString()!);
        var second = await Tokens.JsonAsync(two);
        Assert.NotEqual(first.GetProperty("refreshToken").GetString(), second.GetProperty("refreshToken").GetString());
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(user.RefreshToken.AsSpan("ytr_".Length));
        Assert.Equal(32, bytes.Length);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM refresh_tokens WHERE digest = @bytes OR digest = sha256(@bytes)",
                new { bytes },
                Ct
            )
        );
    }

    [Theory]
    [InlineData("UPDATE sessions SET idle_expires_at = now() WHERE id = @id")]
    [InlineData("UPDATE sessions SET expires_at = now() WHERE id = @id")]
    public async Task Refresh_SessionTooOldOrIdle_Is401(string sql)
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(sql, new { id = user.SessionId }, Ct);
        using var response = await RefreshAsync(user.RefreshToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Refresh_MovesTheIdleLimitButNeverBeyondTheAbsoluteOne()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(
            (true, true),
            await LimitsAsync(
                user,
                "idle_expires_at BETWEEN now() + interval '6 days 23 hours' AND now() + interval '7 days'",
                "expires_at BETWEEN now() + interval '89 days 23 hours' AND now() + interval '90 days'"
            )
        );
        await api.Database.Db.ExecuteAsync(
            "UPDATE sessions SET idle_expires_at = now() + interval '1 hour' WHERE id = @id",
            new { id = user.SessionId },
            Ct
        );
        using var busy = await RefreshAsync(user.RefreshToken);
        Assert.Equal(
            (true, true),
            await LimitsAsync(user, "idle_expires_at > now() + interval '6 days 23 hours'", "expires_at > now() + interval '89 days'")
        );
        await api.Database.Db.ExecuteAsync(
            "UPDATE sessions SET expires_at = now() + interval '1 day' WHERE id = @id",
            new { id = user.SessionId },
            Ct
        );
        using var late = await RefreshAsync((await Tokens.JsonAsync(busy)).GetProperty("refreshToken").GetString()!);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal((true, true), await LimitsAsync(user, "idle_expires_at = expires_at", "expires_at < now() + interval '1 day'"));
    }

    [Fact]
    public void Refresh_TenThousandDerivedTokens_AreDistinctAndShareNoPrefix()
    {
        var keys = (YtOptimizer.Core.Accounts.AccountKeys)api.Services.GetService(typeof(YtOptimizer.Core.Accounts.AccountKeys))!;
        var tokens = new List<byte[]> { System.Security.Cryptography.RandomNumberGenerator.GetBytes(32) };
        while (tokens.Count < 10_000)
        {
            tokens.Add(keys.Current.Successor(tokens[^1]));
        }

        Assert.Equal(tokens.Count, tokens.Select(Convert.ToHexString).Distinct().Count());
        Assert.True(tokens.Select(t => t[0]).Distinct().Count() > 200, "The first bytes repeat.");
        Assert.All(tokens, t => Assert.Equal(32, t.Length));
    }

    [Fact]
    public async Task Profile_ManyUsersInterleaved_EachGetsItsOwn()
    {
        var users = new List<ApiUser>();
        for (var i = 0; i < 6; i++)
        {
            users.Add(await api.CreateUserAsync());
        }

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(async i =>
                {
                    var profile = await users[i % users.Count].Client.GetFromJsonAsync<JsonElement>("/api/v1/auth/profile", Ct);
                    return profile.GetProperty("id").GetGuid() == users[i % users.Count].Id;
                })
        );
        Assert.DoesNotContain(false, answers);
    }

    [Fact]
    public async Task Follow_OpenConnection_IsToldWhenItsSessionEndsAndOnlyThen()
    {
        var user = await api.CreateUserAsync();
        var other = await api.CreateUserAsync();
        var state = (YtOptimizer.Core.Accounts.AccessState)api.Services.GetService(typeof(YtOptimizer.Core.Accounts.AccessState))!;
        using var watch = state.Follow(new(user.Id, user.Email, "user", user.SessionId, 0));
        using var bystander = state.Follow(new(other.Id, other.Email, "user", other.SessionId, 0));
        Assert.False(watch.Revoked.IsCancellationRequested);
        using var logout = await user.Client.PostAsJsonAsync("/auth/logout", new { }, Ct);
        await Eventually.TrueAsync(() => Task.FromResult(watch.Revoked.IsCancellationRequested), "the connection is told");
        Assert.False(bystander.Revoked.IsCancellationRequested);
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @id", new { other.Id }, Ct);
        await Eventually.TrueAsync(
            () => Task.FromResult(bystander.Revoked.IsCancellationRequested),
            "a lock by SQL reaches connections too"
        );
        using var late = state.Follow(new(user.Id, user.Email, "user", user.SessionId, 0));
        Assert.True(late.Revoked.IsCancellationRequested);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"refreshToken":""}""")]
    [InlineData("""{"refreshToken":"ytr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"refreshToken":"undefined"}""")]
    public async Task Refresh_WithoutAValidToken_Is401(string json)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsync(
            new Uri("/auth/refresh-with-token", UriKind.Relative),
            new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Invalid token", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("http://localhost:4200", HttpStatusCode.OK)]
    [InlineData("https://evil.example", HttpStatusCode.Unauthorized)]
    public async Task Refresh_ByCookie_WorksForOurPagesOnly(string? origin, HttpStatusCode expected)
    {
        var user = await api.CreateUserAsync();
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/refresh") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Cookie", "refresh_token=" + user.RefreshToken);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Profile_NameChanged_IsStoredAndAudited()
    {
        var user = await api.CreateUserAsync();
        using var response = await user.Client.PutAsJsonAsync("/api/v1/auth/profile", new { name = "  Zoë O'Neil-Süß " }, Ct);
        Assert.Equal("Zoë O'Neil-Süß", (await Tokens.JsonAsync(response)).GetProperty("name").GetString());
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM audit_trail WHERE entity_id = @id AND action = 'update_own_profile'",
                new { id = user.Id.ToString() },
                Ct
            )
        );
        using var bad = await user.Client.PutAsJsonAsync("/api/v1/auth/profile", new { name = "<script>" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using var unknown = await user.Client.PutAsJsonAsync("/api/v1/auth/profile", new { role = "admin" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task ProfileSubscription_NewAndPaidAccounts_ShowTierUsageAndFeatures()
    {
        var user = await api.CreateUserAsync();
        var body = await user.Client.GetFromJsonAsync<JsonElement>("/api/v1/auth/profile/subscription", Ct);
        Assert.Equal("free", body.GetProperty("subscription").GetProperty("tier").GetString());
        Assert.Equal(5, body.GetProperty("features").GetProperty("maxAnalysesPerMonth").GetInt32());
        Assert.False(body.GetProperty("features").GetProperty("apiAccess").GetBoolean());
        Assert.Equal(0, body.GetProperty("usage").GetProperty("analysesUsed").GetInt32());
        await api.Database.Db.ExecuteAsync("UPDATE user_subscriptions SET tier = 'pro' WHERE user_id = @id", new { user.Id }, Ct);
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO quota_reservations (job_id, user_id, period_start) SELECT gen_random_uuid(), @id, p.period_start FROM "
                + "plan_state(@id, now()) p",
            new { user.Id },
            Ct
        );
        var paid = await user.Client.GetFromJsonAsync<JsonElement>("/auth/profile/subscription", Ct);
        Assert.Equal("pro", paid.GetProperty("subscription").GetProperty("tier").GetString());
        Assert.Equal(2, paid.GetProperty("usage").GetProperty("usagePercentage").GetInt32());
        Assert.Equal(10, paid.GetProperty("features").GetProperty("aiSuggestionsLimit").GetInt32());
    }

    private Task<(bool Idle, bool Absolute)> LimitsAsync(ApiUser user, string idle, string absolute) =>
        api.Database.Db.FirstOrDefaultAsync<(bool, bool)>(
            $"SELECT {idle}, {absolute} FROM sessions WHERE id = @id",
            new { id = user.SessionId },
            Ct
        );

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> RefreshAsync(string refreshToken)
    {
        using var client = api.Anonymous();
        return await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken }, Ct);
    }
}
