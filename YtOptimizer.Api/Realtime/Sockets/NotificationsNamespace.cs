using System.Text.Json;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>
/// <c>/notifications</c>: the user's notifications, in the words of the first implementation and of the existing single-page app.
/// </summary>
internal sealed class NotificationsNamespace(FeedReader reader, NotificationStore store) : ISocketNamespace
{
    private const int DefaultLimit = 20;
    private const int LargestLimit = 100;

    public string Name => "/notifications";

    public async Task<SocketSnapshot> SnapshotAsync(Guid userId, CancellationToken ct)
    {
        var unread = await reader.UnreadAsync(userId, ct);
        return new SocketSnapshot(
            [
                Count(unread.UnreadCount),
                SocketEvent.Of(
                    "initial-notifications",
                    new
                    {
                        unread.Notifications,
                        Count = unread.UnreadCount,
                        unread.UnreadCount,
                    }
                ),
            ],
            [.. unread.Notifications.Select(n => new NotificationChanged(n))]
        );
    }

    public async Task<IReadOnlyList<FeedEvent>> MissedAsync(Guid userId, DateTime since, CancellationToken ct) =>
        [.. await reader.NotificationsSinceAsync([userId], since, ct), .. await reader.UnreadCountsAsync([userId], since, ct)];

    // The app would show a changed notification twice: the list takes the place of its list.
    public bool ChangesList(FeedEvent e, bool isKnown) => isKnown && e is NotificationChanged { Notification.Read: false };

    public IReadOnlyList<SocketEvent> Render(FeedEvent e, bool isKnown) =>
        e switch
        {
            NotificationChanged { Notification.Read: true } read => Read(read.EntityId),
            NotificationChanged when isKnown => [new("notification-updated", e.Data)],
            NotificationChanged => [new("new-notification", e.Data)],
            NotificationDeleted deleted =>
            [
                SocketEvent.Of("notification-read", new { notificationId = deleted.Id }),
                SocketEvent.Of("notification-deleted", new { notificationId = deleted.Id }),
            ],
            UnreadCount unread => [Count(unread.Count)],
            _ => [],
        };

    public async Task<SocketReply> AnswerAsync(Guid userId, string name, JsonElement? argument, CancellationToken ct)
    {
        switch (name)
        {
            case "subscribe-notifications":
                var count = await store.UnreadCountAsync(userId, ct);
                return new SocketReply([Count(count)], new { count });
            case "mark-as-read":
                return Id(argument) is { } id && await store.MarkReadAsync(userId, id, ct)
                    ? new SocketReply([.. Read(id), Count(await store.UnreadCountAsync(userId, ct))], new { success = true })
                    : SocketReply.Error("No notification with this notificationId belongs to you.");
            case "mark-all-as-read":
                await store.MarkAllReadAsync(userId, ct);
                return new SocketReply([Count(0), SocketEvent.Of("all-marked-as-read", new { })], new { success = true });
            case "get-notifications":
                return await ListAsync(userId, argument, ct);
            default:
                return SocketReply.Error(
                    "Unknown event. This namespace knows subscribe-notifications, mark-as-read, mark-all-as-read and get-notifications."
                );
        }
    }

    private async Task<SocketReply> ListAsync(Guid userId, JsonElement? argument, CancellationToken ct)
    {
        var type = Field(argument, "type") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        bool? read = Field(argument, "read") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null;
        var limit = Math.Clamp(Number(argument, "limit") ?? DefaultLimit, 1, LargestLimit);
        var offset = Math.Clamp(Number(argument, "offset") ?? 0, 0, 1_000_000);
        if (type?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return SocketReply.Error("This type does not exist.");
        }

        var list = new
        {
            notifications = await store.ListAsync(userId, type, read, limit, offset, ct),
            total = await store.CountAsync(userId, type, read, ct),
        };
        return new SocketReply([SocketEvent.Of("notifications-list", list)], list);
    }

    private static SocketEvent[] Read(Guid id) =>
        [SocketEvent.Of("notification-read", new { notificationId = id }), SocketEvent.Of("marked-as-read", new { notificationId = id })];

    private static SocketEvent Count(int count) => SocketEvent.Of("unread-count", new { count });

    private static JsonElement? Field(JsonElement? argument, string name) =>
        argument is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) ? value : null;

    private static int? Number(JsonElement? argument, string name) =>
        Field(argument, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    private static Guid? Id(JsonElement? argument) =>
        Field(argument, "notificationId") is { ValueKind: JsonValueKind.String } text && text.TryGetGuid(out var id) ? id : null;
}
