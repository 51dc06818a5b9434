using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>Marks all notifications as read. The user's other tabs and devices hear of it.</summary>
internal static class MarkAllRead
{
    /// <param name="Success">Always true.</param>
    /// <param name="Marked">How many were unread.</param>
    public sealed record Response(bool Success, int Marked);

    public static async Task<Ok<Response>> Handle(CurrentUser user, NotificationStore store, CancellationToken ct) =>
        TypedResults.Ok(new Response(true, await store.MarkAllReadAsync(user.Id, ct)));
}
