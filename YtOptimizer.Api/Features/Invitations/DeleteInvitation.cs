using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

/// <summary>Withdraws an invitation.</summary>
internal static class DeleteInvitation
{
    public sealed record Response(bool Success, string Message);

    /// <summary>Withdrawing what is gone already is no error.</summary>
    public static async Task<Ok<Response>> Handle(Guid id, CurrentUser user, HttpContext context, Db db, CancellationToken ct)
    {
        await db.InTransactionAsync(
            async scope =>
            {
                if (await scope.ExecuteAsync(InvitationStore.DeleteSql, new { id }) == 1)
                {
                    await AuditTrail.AppendAsync(
                        scope,
                        new Actor(user.Id, user.Email, user.Role, user.SessionId),
                        "delete_invitation",
                        "invitation",
                        id.ToString(),
                        context.Origin()
                    );
                    await UserLogs.WriteAsync(
                        scope,
                        user.Id,
                        "invitation_deleted",
                        "An invitation was withdrawn",
                        context.Origin(),
                        "security",
                        sessionId: user.SessionId
                    );
                }

                return true;
            },
            ct
        );
        return TypedResults.Ok(new Response(true, "The invitation was withdrawn."));
    }
}
