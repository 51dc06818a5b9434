using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Every endpoint of accounts, sessions, invitations and password security.</summary>
public static class AccountScenarios
{
    private const string Next = "umbrella Wagon 77 ☂";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "POST",
            "auth/register",
            true,
            201,
            ["accessToken", "refreshToken", "expiresIn", "user.email"],
            _ => Is(Registration()),
            new("taken address", 409, "email_taken", async s => new(Registration((await s.CreateUserAsync()).Email.ToUpperInvariant()))),
            new("no address", 400, "email", _ => Is(new { password = Next })),
            new("malformed address", 400, "email", _ => Is(Registration("nobody"))),
            new("short password", 400, "password", _ => Is(Registration(password: "7 chars"))),
            new("common password", 400, "password_too_common", _ => Is(Registration(password: "Password1"))),
            new("name with a tag", 400, "name", _ => Is(
                    new
                    {
                        email = Address(),
                        password = Next,
                        name = "<b>",
                    }
                ))
        ),
        new(
            "POST",
            "auth/login",
            true,
            200,
            ["accessToken", "refreshToken", "expiresIn", "user.email", "security.shouldChangePassword"],
            async s => new(Known(await s.CreateUserAsync())),
            new("wrong password", 401, "invalid_credentials", async s => new(Known(await s.CreateUserAsync(), "wrong"))),
            new("unknown address", 401, "invalid_credentials", _ => Is(new { email = Address(), password = Next })),
            new("locked account", 401, "invalid_credentials", async s =>
                new(Known(await ChangedAsync(s, "UPDATE profiles SET account_locked = true WHERE id = @id")))
            ),
            new("no password", 400, "password", _ => Is(new { email = Address() }))
        ),
        Refresh("auth/refresh"),
        Refresh("auth/refresh-with-token"),
        new(
            "POST",
            "auth/forgot-password",
            true,
            200,
            ["message"],
            _ => Is(new { email = Address() }),
            new Failure("malformed address", 400, "email", _ => Is(new { email = "nobody" }))
        ),
        new(
            "POST",
            "auth/reset-password",
            true,
            200,
            ["message"],
            async s => new(new { token = await s.ResetTokenAsync(await s.CreateUserAsync()), newPassword = Next }),
            new("unknown token", 401, "invalid_reset_token", _ => Is(new { token = new string('A', 64), newPassword = Next })),
            new("expired token", 401, "invalid_reset_token", async s =>
            {
                var user = await s.CreateUserAsync();
                var token = await s.ResetTokenAsync(user);
                await s.ExecuteAsync("UPDATE password_reset_tokens SET expires_at = now() WHERE user_id = @id", user);
                return new(new { token, newPassword = Next });
            }),
            new("common password", 400, "password_too_common", async s =>
                new(new { token = await s.ResetTokenAsync(await s.CreateUserAsync()), newPassword = "Password1" })
            ),
            new("short password", 400, "newPassword", _ => Is(new { token = new string('A', 64), newPassword = "short" })),
            new("short token", 400, "token", _ => Is(new { token = "x", newPassword = Next }))
        ),
        new(
            "PUT",
            "auth/change-password",
            true,
            200,
            ["message", "accessToken", "expiresIn"],
            s => SignedInAsync(s, u => new { currentPassword = u.Password, newPassword = Next }),
            new("wrong password", 401, "wrong_password", s => SignedInAsync(s, _ => new { currentPassword = "wrong", newPassword = Next })),
            new("common password", 400, "password_too_common", s =>
                SignedInAsync(s, u => new { currentPassword = u.Password, newPassword = "Password1" })
            ),
            new("short password", 400, "newPassword", s =>
                SignedInAsync(s, u => new { currentPassword = u.Password, newPassword = "short" })
            )
        ),
        new(
            "GET",
            "auth/social/{provider:regex(^(google|github)$)}/url",
            false,
            200,
            ["url", "state"],
            _ => Is(null, "google"),
            new("not configured", 400, "provider_not_configured", _ => Is(null, "github")),
            new("unknown provider", 404, "not_found", _ => Is(null, "facebook"))
        ),
        new(
            "GET",
            "auth/social/{provider:regex(^(google|github)$)}",
            false,
            302,
            [],
            _ => Is(null, "google"),
            new Failure("unknown provider", 404, "not_found", _ => Is(null, "facebook"))
        ),
        new("POST", "auth/logout", false, 200, ["success", "message", "tokenBlacklisted"], s => SignedInAsync(s)),
        new("POST", "auth/logout-all", false, 200, ["success", "message", "revokedSessions", "timestamp"], s => SignedInAsync(s)),
        new("GET", "auth/sessions", false, 200, ["sessions"], s => SignedInAsync(s)),
        new(
            "DELETE",
            "auth/sessions/{sessionId:guid}",
            false,
            200,
            ["success"],
            async s =>
            {
                var user = await s.CreateUserAsync();
                return new(null, (await s.SignInAsync(user.Email)).SessionId.ToString(), user.Client);
            },
            new("somebody else's", 404, "session_not_found", async s =>
                new(null, (await s.CreateUserAsync()).SessionId.ToString(), (await s.CreateUserAsync()).Client)
            ),
            new("unknown", 404, "session_not_found", async s => new(null, Guid.Empty.ToString(), (await s.CreateUserAsync()).Client)),
            new("no id", 404, "not_found", async s => new(null, "current", (await s.CreateUserAsync()).Client))
        ),
        new("GET", "auth/profile", false, 200, ["id", "email", "name", "role", "picture", "provider", "createdAt", "updatedAt"], s =>
            SignedInAsync(s)
        ),
        new(
            "PUT",
            "auth/profile",
            true,
            200,
            ["id", "name"],
            s => SignedInAsync(s, _ => new { name = "Zoë" }),
            new("empty name", 400, "name", s => SignedInAsync(s, _ => new { name = " " })),
            new("long name", 400, "name", s => SignedInAsync(s, _ => new { name = new string('a', 101) }))
        ),
        new(
            "GET",
            "auth/profile/subscription",
            false,
            200,
            ["email", "subscription.tier", "usage.usagePercentage", "features.integrations"],
            s => SignedInAsync(s)
        ),
        new(
            "POST",
            "invitations/validate",
            true,
            200,
            ["success", "message"],
            _ => Is(new { code = "BETA-UNKNOWN" }),
            new Failure("no code", 400, "code", _ => Is(new { email = Address() }))
        ),
        new(
            "POST",
            "invitations/",
            true,
            201,
            ["success", "data.code", "data.maxUses"],
            s => AdministratorAsync(s, new { maxUses = 2, expiresInDays = 7 }),
            new("no uses", 400, "maxUses", s => AdministratorAsync(s, new { maxUses = 0 })),
            new("malformed address", 400, "email", s => AdministratorAsync(s, new { email = "nobody" })),
            new("metadata is no object", 400, "metadata", s => AdministratorAsync(s, new { metadata = 5 }))
        ),
        new("GET", "invitations/", false, 200, ["success", "data"], s => AdministratorAsync(s)),
        new(
            "GET",
            "invitations/stats",
            false,
            200,
            ["success", "data.total", "data.active", "data.expired", "data.fullyUsed", "data.totalUses"],
            s => AdministratorAsync(s)
        ),
        new(
            "DELETE",
            "invitations/{id:guid}",
            false,
            200,
            ["success", "message"],
            async s => (await AdministratorAsync(s)) with { Parameter = Guid.CreateVersion7().ToString() },
            new Failure("no id", 404, "not_found", async s => (await AdministratorAsync(s)) with { Parameter = "x" })
        ),
        new(
            "POST",
            "password-security/check",
            true,
            200,
            ["isBreached", "riskLevel", "strengthAnalysis.strengthScore", "isAllowedForRegistration"],
            s => SignedInAsync(s, _ => new { password = Next }),
            new Failure("no password", 400, "password", s => SignedInAsync(s, _ => new { }))
        ),
        new(
            "POST",
            "password-security/check-multiple",
            true,
            200,
            ["results"],
            s => SignedInAsync(s, _ => new { passwords = new[] { Next } }),
            new("too many", 400, "passwords", s => SignedInAsync(s, _ => new { passwords = Enumerable.Repeat("x", 11) })),
            new("none", 400, "passwords", s => SignedInAsync(s, _ => new { passwords = Array.Empty<string>() }))
        ),
        new("POST", "password-security/recommendations", false, 200, ["recommendations", "bestPractices", "commonMistakes"], s =>
            SignedInAsync(s)
        ),
    ];

    private static Scenario Refresh(string route) =>
        new(
            "POST",
            route,
            true,
            200,
            ["accessToken", "refreshToken", "expiresIn"],
            async s => new(Token((await s.CreateUserAsync()).RefreshToken)),
            new("unknown", 401, "Invalid token", _ => Is(Token("ytr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))),
            new("an access token", 401, "Invalid token", async s => new(Token((await s.CreateUserAsync()).AccessToken))),
            new("none", 401, "Invalid token", _ => Is(new { })),
            new("spent twice", 401, "Invalid token", async s =>
            {
                var user = await s.CreateUserAsync();
                await s.RefreshedAsync(await s.RefreshedAsync(user.RefreshToken));
                return new(Token(user.RefreshToken));
            }),
            new("locked account", 401, "Invalid token", async s =>
                new(Token((await ChangedAsync(s, "UPDATE profiles SET account_locked = true WHERE id = @id")).RefreshToken))
            ),
            new("idle too long", 401, "Invalid token", async s =>
                new(Token((await ChangedAsync(s, "UPDATE sessions SET idle_expires_at = now() WHERE id = @sessionId")).RefreshToken))
            ),
            new("too long", 400, "refreshToken", _ => Is(Token(new string('a', 5000))))
        );

    private static object Token(string refreshToken) => new { refreshToken };

    private static object Registration(string? email = null, string password = Next) => new { email = email ?? Address(), password };

    private static object Known(ApiUser user, string? password = null) => new { email = user.Email, password = password ?? user.Password };

    private static string Address() => $"user-{Guid.CreateVersion7():N}@example.com";

    private static Task<Call> Is(object? body, string? parameter = null) => Task.FromResult(new Call(body, parameter));

    private static async Task<Call> SignedInAsync(Stage stage, Func<ApiUser, object>? body = null)
    {
        var user = await stage.CreateUserAsync();
        return new Call(body?.Invoke(user), As: user.Client);
    }

    private static async Task<Call> AdministratorAsync(Stage stage, object? body = null) =>
        new(body, As: (await stage.CreateUserAsync("admin")).Client);

    private static async Task<ApiUser> ChangedAsync(Stage stage, string sql)
    {
        var user = await stage.CreateUserAsync();
        await stage.ExecuteAsync(sql, user);
        return user;
    }
}
