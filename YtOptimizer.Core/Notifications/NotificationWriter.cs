using System.Text.Json;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Core.Notifications;

/// <summary>A message to one user, shown as a card and kept until read.</summary>
public sealed record NewNotification
{
    public required Guid UserId { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    /// <summary>system, processing, usage, update, tip or security.</summary>
    public string Type { get; init; } = "system";

    /// <summary>info, success, warning or error.</summary>
    public string Severity { get; init; } = "info";

    /// <summary>A route of the single-page app, or an http(s) address; anything else is left out.</summary>
    public string? ActionUrl { get; init; }

    public string? ActionButtonText { get; init; }

    /// <summary>refreshVideoList, openSettings, reloadDashboard or showUpgradeModal; the app knows no other.</summary>
    public string? Callback { get; init; }

    /// <summary>Two notifications of a user with the same key are one; null means each is its own.</summary>
    public string? DedupKey { get; init; }

    /// <summary>A notification with the same key takes this content on; false keeps the first.</summary>
    public bool Replaces { get; init; }

    /// <summary>The job that this tells of; left out when the job is one of a batch, which has a card of its own.</summary>
    public Guid? JobId { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Stores notifications in the caller's transaction and tells listeners when it commits.</summary>
public static class NotificationWriter
{
    // A trigger of the table tells listeners. What replaces a notification is news again: unread, and on top.
    private const string Sql = """
        INSERT INTO notifications (id, user_id, title, message, type, severity, action_url, action_button_text, callback, dedup_key,
            metadata)
        SELECT @id, @UserId, @Title, @Message, @Type::notification_type, @Severity::notification_severity,
            @ActionUrl, @ActionButtonText, @Callback, @DedupKey, @metadata::jsonb
        WHERE @JobId::uuid IS NULL OR NOT EXISTS (SELECT 1 FROM bulk_analysis_items WHERE job_id = @JobId)
        ON CONFLICT (user_id, dedup_key) WHERE dedup_key IS NOT NULL DO UPDATE SET title = excluded.title, message = excluded.message,
            type = excluded.type, severity = excluded.severity, action_url = excluded.action_url,
                action_button_text = excluded.action_button_text,
            callback = excluded.callback, metadata = excluded.metadata, read = false, read_at = NULL, created_at = clock_timestamp()
        WHERE @Replaces
        """;

    public static Task AddAsync(DbScope scope, NewNotification notification)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(Sql, Parameters(notification));
    }

    public static Task AddAsync(Db db, NewNotification notification, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync(Sql, Parameters(notification), ct);
    }

    private static Dapper.DynamicParameters Parameters(NewNotification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var parameters = new Dapper.DynamicParameters();
        parameters.Add("id", Guid.CreateVersion7());
        parameters.Add("UserId", notification.UserId);
        parameters.Add("Title", notification.Title);
        parameters.Add("Message", notification.Message);
        parameters.Add("Type", notification.Type);
        parameters.Add("Severity", notification.Severity);
        parameters.Add("ActionUrl", WebLink.OrNull(notification.ActionUrl));
        parameters.Add("ActionButtonText", notification.ActionButtonText);
        parameters.Add("Callback", notification.Callback);
        parameters.Add("DedupKey", notification.DedupKey);
        parameters.Add("JobId", notification.JobId);
        parameters.Add("Replaces", notification.Replaces);
        parameters.Add("metadata", JsonSerializer.Serialize(notification.Metadata));
        return parameters;
    }
}
