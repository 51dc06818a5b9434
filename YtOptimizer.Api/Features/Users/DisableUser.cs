using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

internal static class DisableUser
{
    public sealed record Response(string Message, Guid UserId, DateTimeOffset Timestamp);

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
