using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Locks an account and ends its sessions.</summary>
internal static class DisableUser
{
    public sealed record Response(string Message, Guid UserId, DateTimeOffset Timestamp);

    [Refuses(404, "user_not_found")]
    [Refuses(409, "last_admin")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid userId,
        CurrentUser admin,
        HttpContext context,
        AccountChange change,
        TimeProvider time,
        CancellationToken ct
    ) =>
        await change.ApplyAsync(userId, new ChangedFields(State: (true, "active")), admin, context, "disable_user", ct) is { } problem
            ? problem
            : TypedResults.Ok(new Response("The account is locked and its sessions are ended.", userId, time.GetUtcNow()));
}
