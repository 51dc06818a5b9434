using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class LoginTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_RightPassword_AnswersTokensUserAndAdvice()
    {
        var user = await api.CreateUserAsync();
        using var response = await PostAsync(
            "/api/v1/auth/login",
            new { email = "  " + user.Email.ToUpperInvariant() + " ", password = user.Password }
        );
        var body = await Tokens.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(JsonValueKind.Number, body.GetProperty("expiresIn").ValueKind);
        Assert.False(body.GetProperty("security").GetProperty("shouldChangePassword").GetBoolean());
        Assert.Equal(user.Email, body.GetProperty("user").GetProperty("email").GetString());
        Assert.StartsWith("ytr_", body.GetProperty("refreshToken").GetString(), StringComparison.Ordinal);
        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, c =>
            c.StartsWith("yto_session=", StringComparison.Ordinal)
            && c.Contains("httponly", StringComparison.OrdinalIgnoreCase)
            && c.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Contains(cookies, c =>
            c.StartsWith("refresh_token=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM security_events WHERE user_id = @id AND event_type = 'login'",
                new { user.Id },
                Ct
            )
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM user_logs WHERE user_id = @id AND activity_type = 'user_login'",
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task Login_OverHttpsForAFrontendOnAnotherSite_SetsCookiesThatBrowsersSendThere()
    {
        var user = await api.CreateUserAsync();
        using var client = api.CreateClient(new() { BaseAddress = new Uri("https://api.example.com"), HandleCookies = false });
        using var response = await client.PostAsJsonAsync("/auth/login", new { email = user.Email, password = user.Password }, Ct);
        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, c =>
        {
            Assert.Contains("samesite=none", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase);
        });

        // A refresh gives a new refresh token, but the cookie that a socket's handshake carries stays what it was.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/refresh");
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
        using var refreshed = await client.SendAsync(request, Ct);
        var later = refreshed.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(Value(cookies, "yto_session"), Value(later, "yto_session"));
        Assert.NotEqual(Value(cookies, "refresh_token"), Value(later, "refresh_token"));
    }

    [Fact]
    public async Task Login_AccessToken_CarriesTheClaimsAndDecodesInABrowser()
    {
        var user = await api.CreateUserAsync(email: $"o'né~?~~??~~~???{Guid.CreateVersion7():N}@example.com");
        var payload = user.AccessToken.Split('.')[1];
        Assert.DoesNotContain('-', payload);
        Assert.DoesNotContain('_', payload);
        var claims = Tokens.Payload(user.AccessToken);
        foreach (var claim in new[] { "iss", "aud", "typ", "sub", "email", "sid", "jti", "role", "roles", "token_version", "iat", "exp" })
        {
            Assert.True(claims.TryGetProperty(claim, out _), claim);
        }

        Assert.Equal(900, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(user.Id, claims.GetProperty("sub").GetGuid());
    }

    [Fact]
    public async Task Login_WrongUnknownLockedInactiveAndPasswordless_AnswerAlike()
    {
        var known = await api.CreateUserAsync();
        var locked = await api.CreateUserAsync();
        var inactive = await api.CreateUserAsync();
        var passwordless = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @id", new { locked.Id }, Ct);
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET status = 'inactive' WHERE id = @id", new { inactive.Id }, Ct);
        await api.Database.Db.ExecuteAsync("DELETE FROM account_credentials WHERE user_id = @id", new { passwordless.Id }, Ct);
        var expected = await AnswerAsync(known.Email, "wrong");
        Assert.StartsWith("401", expected, StringComparison.Ordinal);
        Assert.Equal(expected, await AnswerAsync($"nobody-{Guid.CreateVersion7():N}@example.com", "wrong"));
        Assert.Equal(expected, await AnswerAsync(locked.Email, locked.Password));
        Assert.Equal(expected, await AnswerAsync(inactive.Email, inactive.Password));
        Assert.Equal(expected, await AnswerAsync(passwordless.Email, passwordless.Password));
        Assert.Equal(expected, await AnswerAsync(known.Email, ""));
    }

    [Fact]
    public async Task Login_FiveFailures_LockEvenTheRightPasswordForDoublingTimes()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 5; i++)
        {
            using var failed = await PostAsync("/auth/login", new { email = user.Email, password = "wrong-" + i });
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        using (var right = await PostAsync("/auth/login", new { email = user.Email, password = user.Password }))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        }

        Assert.InRange(await LockMinutesAsync(user.Email), 14.5, 15);
        Assert.Equal(
            6,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM security_events WHERE user_id = @id AND event_type = 'failed_login'",
                new { user.Id },
                Ct
            )
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM security_events WHERE user_id = @id AND event_type = 'account_lockout'",
                new { user.Id },
                Ct
            )
        );

        // The lock runs out; five more failures lock for twice as long.
        await ExpireLockAsync(user.Email);
        for (var i = 0; i < 5; i++)
        {
            using var failed = await PostAsync("/auth/login", new { email = user.Email, password = "wrong-" + i });
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        Assert.InRange(await LockMinutesAsync(user.Email), 29.5, 30);
        await ExpireLockAsync(user.Email);
        using var success = await PostAsync("/auth/login", new { email = user.Email, password = user.Password });
        Assert.Equal(HttpStatusCode.OK, success.StatusCode);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM login_attempts WHERE email_digest = sha256(@email::bytea)",
                new { email = user.Email },
                Ct
            )
        );
    }

    [Fact]
    public async Task Login_LegacyBcryptHash_IsUpgradedAtFirstSignIn()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "UPDATE account_credentials SET password_hash = @hash WHERE user_id = @id",
            new { user.Id, hash = BCrypt.Net.BCrypt.HashPassword(user.Password, 5) },
            Ct
        );
        await api.SignInAsync(user.Email);
        Assert.StartsWith(
            "$argon2id$v=19$m=47104,t=1,p=1$",
            await api.Database.Db.ScalarAsync<string>(
                "SELECT password_hash FROM account_credentials WHERE user_id = @id",
                new { user.Id },
                Ct
            ),
            StringComparison.Ordinal
        );
        await api.SignInAsync(user.Email);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "password")]
    [InlineData("""{"password":"whatever-it-is"}""", "email")]
    [InlineData("""{"email":"no address","password":"whatever-it-is"}""", "email")]
    [InlineData("""{"email":"a@example.com","password":"whatever-it-is","extra":1}""", "extra")]
    [InlineData("""{"email":"a@example.com","password":12345678}""", "password")]
    public async Task Login_BadInput_Is400WithTheFieldName(string json, string field)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsync(
            new Uri("/auth/login", UriKind.Relative),
            new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static string Value(IEnumerable<string> cookies, string name) =>
        cookies.Single(c => c.StartsWith(name + "=", StringComparison.Ordinal)).Split(';')[0];

    [Fact]
    public async Task Login_RightPasswordOnManyDevicesAtOnce_LetsAllIn()
    {
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    while (true)
                    {
                        // Every hashing place taken is no answer to the question asked here.
                        using var response = await PostAsync("/auth/login", new { email = user.Email, password = user.Password });
                        if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                        {
                            return response.StatusCode;
                        }
                    }
                })
        );
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM security_events WHERE user_id = @Id AND event_type = 'failed_login'",
                new { user.Id },
                Ct
            )
        );

        // And guesses beside them still get no more tries than one after another would.
        var wrong = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AnswerAsync(user.Email, "wrong guess " + i)));
        Assert.DoesNotContain(wrong, answer => answer.StartsWith("200", StringComparison.Ordinal));
        Assert.Equal(
            5,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT attempts FROM login_attempts WHERE email_digest = sha256(@Email::bytea)",
                new { user.Email },
                Ct
            )
        );
        Assert.StartsWith("401", await AnswerAsync(user.Email, user.Password), StringComparison.Ordinal);
    }

    private async Task<double> LockMinutesAsync(string email) =>
        await api.Database.Db.ScalarAsync<double>(
            "SELECT extract(epoch FROM locked_until - now())::float8 / 60 FROM login_attempts WHERE email_digest = sha256(@email::bytea)",
            new { email },
            Ct
        );

    private Task ExpireLockAsync(string email) =>
        api.Database.Db.ExecuteAsync(
            "UPDATE login_attempts SET locked_until = now() WHERE email_digest = sha256(@email::bytea)",
            new { email },
            Ct
        );

    private async Task<string> AnswerAsync(string email, string password)
    {
        using var response = await PostAsync("/api/v1/auth/login", new { email, password });
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        foreach (var varying in new[] { "traceId", "correlationId", "timestamp" })
        {
            body.Remove(varying);
        }

        var headers = response
            .Headers.Where(h => h.Key is not ("X-Correlation-Id" or "Content-Security-Policy"))
            .Select(h => h.Key.Contains("RateLimit", StringComparison.OrdinalIgnoreCase) ? h.Key : $"{h.Key}: {string.Join(',', h.Value)}")
            .Order(StringComparer.Ordinal);
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{body.ToJsonString()}";
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        using var client = api.Anonymous();
        return await client.PostAsJsonAsync(path, body, Ct);
    }
}
