using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>How many of your notifications are unread.</summary>
internal static class CountUnread
{
    public sealed record Response(int Count, int UnreadCount);

    public static async Task<Ok<Response>> Handle(CurrentUser user, NotificationStore store, CancellationToken ct)
    {
        var count = await store.UnreadCountAsync(user.Id, ct);
        return TypedResults.Ok(new Response(count, count));
    }
}
