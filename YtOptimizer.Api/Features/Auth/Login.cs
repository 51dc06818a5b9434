using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Signs in with e-mail and password. Too many failures lock the account for a while; the answer to a wrong password never tells
/// whether the account exists.</summary>
internal static class Login
{
    /// <summary>No rules for the password here: what does not fit is a 401.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request([property: KnownEmail] string Email, [property: KnownPassword] string Password);

    public sealed record Advice(bool ShouldChangePassword, string? PasswordWarning);

    public sealed record Response(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType, UserView User, Advice Security);

    [Refuses(401, "invalid_credentials")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        HttpContext context,
        Db db,
        PasswordSignIn signIn,
        Sessions sessions,
        SessionCookies cookies,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        var key = EmailAddress.Key(request.Email);
        if (await signIn.VerifyAsync(key, request.Password, origin, ct) is not { } match)
        {
            return Problems.Unauthorized(
                "invalid_credentials",
                "E-mail address or password is wrong, or the account is locked for a while. Check them, or reset the password."
            );
        }

        var pair = await db.InTransactionAsync(
            async scope =>
            {
                await LoginAttempts.ClearAsync(scope, key);
                await scope.ExecuteAsync(AccountStore.SignedInSql, new { id = match.Account.Id });
                var opened = await sessions.OpenAsync(scope, match.Account, origin);
                await LoginNotices.AddAsync(scope, match.Account.Id, opened.SessionId, origin, time.GetUtcNow());
                await SecurityEvents.RecordAsync(scope, match.Account.Id, "login", origin);
                await UserLogs.WriteAsync(
                    scope,
                    match.Account.Id,
                    "user_login",
                    "Signed in with a password",
                    origin,
                    sessionId: opened.SessionId
                );
                return opened;
            },
            ct
        );
        cookies.Set(context, pair);
        var advice = PasswordAdvice.For(match.BreachCount);
        return TypedResults.Ok(
            new Response(pair.AccessToken, pair.RefreshToken, pair.ExpiresIn, "Bearer", UserView.Of(match.Account), advice)
        );
    }

    private static class PasswordAdvice
    {
        public static Advice For(int breaches) =>
            breaches > PasswordPolicy.ChangeLimit
                ? new Advice(true, "This password appears in known data breaches. Change it.")
                : new Advice(false, breaches > PasswordPolicy.RegistrationLimit ? "This password has been seen in data breaches." : null);
    }
}
