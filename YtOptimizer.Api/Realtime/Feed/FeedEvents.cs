using System.Text.Json;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>
/// Something a user's clients are told. <c>Version</c> counts what clients can see of the entity: a smaller one is older news.
/// </summary>
internal abstract record FeedEvent(Guid UserId, Guid EntityId, int Version, DateTime At)
{
    private readonly Lock gate = new();
    private Dictionary<string, string>? rendered;

    /// <summary>Name of the server-sent event.</summary>
    public abstract string Name { get; }

    /// <summary>The entity may still change by itself: a waiting or running job.</summary>
    public virtual bool IsOpen => false;

    /// <summary>JSON of the server-sent event, rendered once however many clients get it.</summary>
    public string Data => Rendered("data", () => JsonSerializer.Serialize(Body(), RealtimeJson.Options));

    /// <summary>The event in one of its dialects, rendered once however many clients get it.</summary>
    public string Rendered(string dialect, Func<string> render)
    {
        lock (gate)
        {
            rendered ??= new Dictionary<string, string>(StringComparer.Ordinal);
            return rendered.TryGetValue(dialect, out var text) ? text : rendered[dialect] = render();
        }
    }

    protected abstract object Body();
}

/// <summary>A job in one of its states; the audit comes with a completion only.</summary>
internal sealed record JobChanged(JobState Job) : FeedEvent(Job.UserId, Job.Id, Job.Version, Job.At)
{
    private JsonElement? audit;

    public override string Name => Job.Event;

    public override bool IsOpen => Job.Status is JobStatus.Pending or JobStatus.Processing;

    /// <summary>The audit as history shows it (snake_case); null unless completed.</summary>
    public JsonElement? Audit => audit ??= Job.AuditJson is { } json ? JsonElement.Parse(json) : null;

    protected override object Body() =>
        new
        {
            JobId = Job.Id,
            Event = Job.Event,
            Job.Status,
            Job.Progress,
            Job.Stage,
            Job.Message,
            Job.Type,
            Job.Title,
            Job.Error,
            Job.ErrorCode,
            Job.Version,
            Job.At,
            Result = Audit,
        };
}

/// <summary>A notification that is new, has changed or was read.</summary>
internal sealed record NotificationChanged(NotificationView Notification)
    : FeedEvent(Notification.UserId, Notification.Id, Notification.Version, Notification.UpdatedAt)
{
    public override string Name => Notification.Read ? "notification-read" : "notification";

    protected override object Body() =>
        Notification.Read
            ? new
            {
                NotificationId = Notification.Id,
                Notification.Version,
                Notification.ReadAt,
            }
            : Notification;
}

/// <summary>A notification was deleted.</summary>
internal sealed record NotificationDeleted(Guid UserId, Guid Id, DateTime At) : FeedEvent(UserId, Id, int.MaxValue, At)
{
    public override string Name => "notification-deleted";

    protected override object Body() => new { NotificationId = Id };
}

/// <summary>How many notifications are unread. Not versioned: the latest is right.</summary>
internal sealed record UnreadCount(Guid UserId, int Count, DateTime At) : FeedEvent(UserId, Guid.Empty, 0, At)
{
    public override string Name => "unread-count";

    protected override object Body() => new { Count };
}

internal static class RealtimeJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
