using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>Deletes one notification. Deleting it again is no error.</summary>
internal static class DeleteNotification
{
    public sealed record Response(bool Success, string Message, Guid DeletedId);

    [Refuses(404, "notification_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser user,
        NotificationStore store,
        CancellationToken ct
    ) =>
        await store.DeleteAsync(user.Id, id, ct)
            ? TypedResults.Ok(new Response(true, "The notification was deleted.", id))
            : Problems.NotFound("notification_not_found", "No notification with this id belongs to you.");
}
