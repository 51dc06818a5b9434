using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Ends all sessions of the account, this one included.</summary>
internal static class LogoutAll
{
    public sealed record Response(bool Success, string Message, int RevokedSessions, DateTimeOffset Timestamp);

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        HttpContext context,
        Db db,
        AccessState state,
        SessionCookies cookies,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        var revoked = await db.InTransactionAsync(
            async scope =>
            {
                var count = await Sessions.RevokeAsync(scope, user.Id, null, "logout_all");
                await AccountStore.RaiseTokenVersionAsync(scope, user.Id);
                await SecurityEvents.RecordAsync(scope, user.Id, "logout_all", origin);
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "logout_all_devices",
                    "Signed out everywhere",
                    origin,
                    "security",
                    sessionId: user.SessionId
                );
                return count;
            },
            ct
        );
        await state.RefreshAsync(ct);
        cookies.Clear(context);
        return TypedResults.Ok(new Response(true, "Signed out on all devices.", revoked, time.GetUtcNow()));
    }
}
