using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

internal static class DeleteInvitation
{
    public sealed record Response(bool Success, string Message);

    /// <summary>Withdrawing what is gone already is no error.</summary>
    public static async Task<Ok<Response>> Handle(Guid id, CurrentUser user, HttpContext context, Db db, CancellationToken ct)
    {
        await db.InTransactionAsync(
            async scope =>
            {
                if (await scope.ExecuteAsync("DELETE FROM invitations WHERE id = @id", new { id }) == 1)
                {
                    await Journal.WriteAuditAsync(
                        scope,
                        new Actor(user.Id, user.Email, user.Role, user.SessionId),
                        "delete_invitation",
                        "invitation",
                        id.ToString(),
                        context.Origin()
                    );
                    await Journal.WriteLogAsync(
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
