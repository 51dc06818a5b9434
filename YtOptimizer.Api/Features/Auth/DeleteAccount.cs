using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Deletes the own account at once and for good. A stolen access token is not enough: it takes the password, or a fresh sign-in.
/// </summary>
internal static class DeleteAccount
{
    private static readonly TimeSpan FreshSignIn = TimeSpan.FromMinutes(15);

    /// <param name="Password">Of accounts that have one; the others must have signed in within 15 minutes.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request([property: StringLength(NewPasswordAttribute.MaxLength)] string? Password = null);

    /// <param name="Deleted">Always true.</param>
    /// <param name="Message">For people.</param>
    public sealed record Response(bool Deleted, string Message);

    private const string OwnSql = """
        SELECT p.email, (SELECT true FROM account_credentials c WHERE c.user_id = p.id) IS TRUE AS has_password,
            (SELECT s.created_at FROM sessions s WHERE s.id = @sessionId AND s.user_id = p.id) AS signed_in_at
        FROM profiles p WHERE p.id = @id
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        PasswordSignIn signIn,
        AccountDeletion deletion,
        SessionCookies cookies,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        if (await db.FirstOrDefaultAsync<Own>(OwnSql, new { id = user.Id, sessionId = user.SessionId }, ct) is not { } own)
        {
            return Gone();
        }

        if (own.HasPassword && string.IsNullOrEmpty(request.Password))
        {
            return Problems.BadRequest("password_required", "Send the account's password to delete it.");
        }

        if (
            own.HasPassword
            && (
                await signIn.VerifyAsync(EmailAddress.Key(own.Email), request.Password!, origin, ct, "account_deletion_failed")
                    is not { } match
                || match.Account.Id != user.Id
            )
        )
        {
            return Problems.Unauthorized(
                "wrong_password",
                "The password is wrong, or there were too many tries. Try again later, or reset the password."
            );
        }

        if (!own.HasPassword && !(own.SignedInAt is { } since && time.GetUtcNow().UtcDateTime - since < FreshSignIn))
        {
            return Problems.Forbidden("sign_in_again", "Sign in again, then delete the account within 15 minutes.");
        }

        var actor = new Actor(user.Id, own.Email, user.Role, user.SessionId);
        switch (await deletion.RunAsync(user.Id, actor, origin, ct))
        {
            case AccountDeletionOutcome.LastAdministrator:
                return Problems.Conflict("last_admin", "You are the last administrator. Make somebody else one first.");
            case AccountDeletionOutcome.NotFound:
                return Gone();
            default:
                cookies.Clear(context);
                return TypedResults.Ok(new Response(true, "Your account and everything in it were deleted."));
        }
    }

    private static ProblemHttpResult Gone() => Problems.NotFound("account_not_found", "This account no longer exists.");

    private sealed class Own
    {
        public string Email { get; init; } = "";

        public bool HasPassword { get; init; }

        public DateTime? SignedInAt { get; init; }
    }
}
