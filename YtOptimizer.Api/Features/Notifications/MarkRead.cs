using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>Marks one notification as read; again is no error. The user's other tabs and devices hear of it.</summary>
internal static class MarkRead
{
    public sealed record Response(bool Success, Guid NotificationId);

    [Refuses(404, "notification_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser user,
        NotificationStore store,
        CancellationToken ct
    ) =>
        await store.MarkReadAsync(user.Id, id, ct)
            ? TypedResults.Ok(new Response(true, id))
            : Problems.NotFound("notification_not_found", "No notification with this id belongs to you.");
}
