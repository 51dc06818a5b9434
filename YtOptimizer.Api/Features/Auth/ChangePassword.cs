using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Changes the password of the signed-in account. Its other sessions end; the answer holds a fresh access token for this one.
/// </summary>
internal static class ChangePassword
{
    public sealed record Request([property: KnownPassword] string CurrentPassword, [property: NewPassword] string NewPassword);

    /// <param name="Success">Always true.</param>
    /// <param name="Message">For people.</param>
    /// <param name="AccessToken">A fresh one. The one that was sent stays good until it expires; tokens of other sessions are refused from
    /// now on.</param>
    /// <param name="ExpiresIn">Seconds.</param>
    /// <param name="RevokedSessions">Other sessions that were ended. The refresh token of this one stays valid.</param>
    public sealed record Response(bool Success, string Message, string AccessToken, int ExpiresIn, int RevokedSessions);

    private const string EmailSql = "SELECT email FROM profiles WHERE id = @id";

    [Refuses(401, "wrong_password")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        PasswordSignIn signIn,
        PasswordPolicy policy,
        PasswordHasher hasher,
        AccessTokens tokens,
        AccessState state,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        var email = await db.ScalarAsync<string>(EmailSql, new { id = user.Id }, ct) ?? user.Email;
        if (
            await signIn.VerifyAsync(EmailAddress.Key(email), request.CurrentPassword, origin, ct, "password_change_failed")
                is not { } match
            || match.Account.Id != user.Id
        )
        {
            return Problems.Unauthorized(
                "wrong_password",
                "The current password is wrong, or there were too many tries. Try again later, or reset the password."
            );
        }

        if (await policy.RefusalAsync(request.NewPassword, PasswordPolicy.ChangeLimit, "newPassword", email, ct) is { } refusal)
        {
            return refusal;
        }

        var hash = await hasher.HashAsync(request.NewPassword, ct);
        var (revoked, version) = await db.InTransactionAsync(
            async scope =>
            {
                await LoginAttempts.ClearAsync(scope, email);
                await AccountStore.SetPasswordAsync(scope, user.Id, hash);
                var raised = await AccountStore.RaiseTokenVersionAsync(scope, user.Id);
                var ended = await Sessions.RevokeAsync(scope, user.Id, null, "password_change", keep: user.SessionId);
                await scope.ExecuteAsync(
                    Sessions.KeepSql,
                    new
                    {
                        version = raised,
                        sessionId = user.SessionId,
                        userId = user.Id,
                    }
                );
                await SecurityEvents.RecordAsync(scope, user.Id, "password_change", origin, category: "account_management");
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "password_changed",
                    "Password changed",
                    origin,
                    "security",
                    sessionId: user.SessionId
                );
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(user.Id, email, user.Role, user.SessionId),
                    "change_password",
                    "user",
                    user.Id.ToString(),
                    origin
                );
                await NotificationWriter.AddAsync(scope, NotificationCatalog.PasswordChanged(user.Id));
                await MailOutbox.AddAsync(scope, user.Id, email, MailKinds.PasswordChanged, new { });
                return (ended, raised);
            },
            ct
        );
        await state.RefreshAsync(ct);
        var (access, expiresIn) = tokens.Issue(new AccessIdentity(user.Id, email, match.Account.Role, user.SessionId, version));
        return TypedResults.Ok(new Response(true, "The password was changed. Other devices are signed out.", access, expiresIn, revoked));
    }
}
