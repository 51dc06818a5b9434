using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

/// <summary>The account cannot sign in, and its sessions, tokens and live connections end at once. Nobody suspends themselves or the last
/// administrator.</summary>
internal static class SuspendUser
{
    /// <param name="Reason">1 to 500 characters; goes into the audit trail.</param>
    public sealed record Request([property: PlainText(500, Shortest = 1)] string Reason);

    /// <param name="Message">For people.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Status">suspended.</param>
    public sealed record Response(string Message, Guid UserId, string Status);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        AccountChange change,
        CancellationToken ct
    ) =>
        await change.ApplyAsync(id, new ChangedFields(State: (true, "active"), Reason: request.Reason), admin, context, "suspend_user", ct)
            is { } problem
            ? problem
            : TypedResults.Ok(new Response("The account is suspended and its sessions are ended.", id, "suspended"));
}
