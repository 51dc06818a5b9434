using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Ends the session of this access token, which is refused from now on. The cookies are cleared.</summary>
internal static class Logout
{
    /// <param name="Success">Always true.</param>
    /// <param name="Message">For people.</param>
    /// <param name="TokenBlacklisted">The access token is refused from now on, on every instance.</param>
    public sealed record Response(bool Success, string Message, bool TokenBlacklisted);

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        HttpContext context,
        Db db,
        AccessState state,
        SessionCookies cookies,
        CancellationToken ct
    )
    {
        var origin = context.Origin();
        await db.InTransactionAsync(
            async scope =>
            {
                await Sessions.RevokeAsync(scope, user.Id, user.SessionId, "logout");
                await SecurityEvents.RecordAsync(scope, user.Id, "logout", origin);
                await UserLogs.WriteAsync(scope, user.Id, "user_logout", "Signed out", origin, sessionId: user.SessionId);
                return true;
            },
            ct
        );
        await state.RefreshAsync(ct);
        cookies.Clear(context);
        return TypedResults.Ok(new Response(true, "Signed out.", true));
    }
}
