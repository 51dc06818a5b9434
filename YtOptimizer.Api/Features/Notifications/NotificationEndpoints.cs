using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>The caller's notifications, for clients without a live connection.</summary>
internal static class NotificationEndpoints
{
    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/notifications").WithTags("Notifications").RequireAuthorization(Policies.User);
        group.MapGet("", ListNotifications.Handle).WithName("ListNotifications").WithSummary("List your notifications, newest first.");
        group.MapGet("/unread-count", CountUnread.Handle).WithName("CountUnread").WithSummary("How many of your notifications are unread.");
        group
            .MapPatch("/{id:guid}/read", MarkRead.Handle)
            .WithName("MarkNotificationRead")
            .WithSummary("Mark a notification as read.")
            .ProducesProblem(404);
        group
            .MapPatch("/read-all", MarkAllRead.Handle)
            .WithName("MarkAllNotificationsRead")
            .WithSummary("Mark all your notifications as read.");
        group
            .MapDelete("/{id:guid}", DeleteNotification.Handle)
            .WithName("DeleteNotification")
            .WithSummary("Delete a notification.")
            .ProducesProblem(404);
        return routes;
    }
}
