using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Sets a new password with the token of the link, which works once. All sessions of the account end.</summary>
internal static class ResetPassword
{
    public sealed record Request(
        [property: StringLength(1000, MinimumLength = 10)] string Token,
        [property: NewPassword] string NewPassword
    );

    public sealed record Response(string Message);

    private const string FindSql =
        "SELECT p.email FROM password_reset_tokens t JOIN profiles p ON p.id = t.user_id WHERE t.id = @id AND t.digest = @digest AND "
        + "t.used_at IS NULL AND t.expires_at > now()";

    [Refuses(401, "invalid_reset_token")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        HttpContext context,
        Db db,
        AccountKeys keys,
        PasswordPolicy policy,
        PasswordHasher hasher,
        AccessState state,
        SessionCookies cookies,
        CancellationToken ct
    )
    {
        var found = await FindAsync(request.Token, db, keys, ct);
        if (found is not { } reset)
        {
            return Invalid();
        }

        if (await policy.RefusalAsync(request.NewPassword, PasswordPolicy.ChangeLimit, "newPassword", reset.Email, ct) is { } refusal)
        {
            return refusal;
        }

        var hash = await hasher.HashAsync(request.NewPassword, ct);
        var origin = context.Origin();
        var done = await db.InTransactionAsync(
            async scope =>
            {
                if (
                    await scope.FirstOrDefaultAsync<Account>(PasswordResetTokens.SpendSql, new { id = reset.Id, digest = reset.Digest })
                    is not { } account
                )
                {
                    return false;
                }

                await AccountStore.SetPasswordAsync(scope, account.Id, hash);
                await AccountStore.RaiseTokenVersionAsync(scope, account.Id);
                await Sessions.RevokeAsync(scope, account.Id, null, "password_reset");
                await LoginAttempts.ClearAsync(scope, account.Email);
                await SecurityEvents.RecordAsync(scope, account.Id, "password_reset_complete", origin);
                await UserLogs.WriteAsync(
                    scope,
                    account.Id,
                    "password_reset_completed",
                    "Password set by a link sent by mail",
                    origin,
                    "security"
                );
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(account.Id, account.Email, null, null),
                    "reset_password",
                    "user",
                    account.Id.ToString(),
                    origin
                );
                await MailOutbox.AddAsync(scope, account.Id, account.Email, MailKinds.PasswordChanged, new { });
                return true;
            },
            ct
        );
        if (!done)
        {
            return Invalid();
        }

        await state.RefreshAsync(ct);
        cookies.Clear(context);
        return TypedResults.Ok(new Response("The password was changed. All devices are signed out; sign in with the new password."));
    }

    private static ProblemHttpResult Invalid() =>
        Problems.Unauthorized(
            "invalid_reset_token",
            "Invalid token: this link is unknown, used or too old. Ask for a new one with \"forgot password\"."
        );

    private static async Task<(Guid Id, byte[] Digest, string Email)?> FindAsync(
        string token,
        Db db,
        AccountKeys keys,
        CancellationToken ct
    )
    {
        if (ResetLink.Read(token) is not { } link)
        {
            return null;
        }

        foreach (var set in keys.All.Where(set => CryptographicOperations.FixedTimeEquals(set.ResetToken(link.ResetId), link.Token)))
        {
            var digest = set.Digest(link.Token);
            if (await db.ScalarAsync<string>(FindSql, new { id = link.ResetId, digest }, ct) is { } email)
            {
                return (link.ResetId, digest, email);
            }
        }

        return null;
    }
}
