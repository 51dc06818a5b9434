using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Ends one of the account's sessions, for example on a lost device.</summary>
internal static class RevokeSession
{
    public sealed record Response(bool Success, string Message);

    [Refuses(404, "session_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid sessionId,
        CurrentUser user,
        HttpContext context,
        Db db,
        AccessState state,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        var revoked = await db.InTransactionAsync(
            async scope =>
            {
                if (await Sessions.RevokeAsync(scope, user.Id, sessionId, "revoked_by_user") == 0)
                {
                    return false;
                }

                await SecurityEvents.RecordAsync(scope, user.Id, "session_revoke", origin, metadata: new { sessionId });
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "session_revoked",
                    "A session was ended",
                    origin,
                    "security",
                    sessionId: user.SessionId,
                    metadata: new { sessionId }
                );
                return true;
            },
            ct
        );
        if (!revoked)
        {
            return Problems.NotFound(
                "session_not_found",
                "No open session with this id belongs to you. List them with GET /auth/sessions."
            );
        }

        await state.RefreshAsync(ct);
        return TypedResults.Ok(new Response(true, "The session was ended."));
    }
}
