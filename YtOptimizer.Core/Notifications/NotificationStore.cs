using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Notifications;

/// <summary>
/// A notification as clients see it. <c>IsRead</c>, <c>Link</c> and <c>Priority</c> are what the existing single-page app reads.
/// </summary>
public sealed record NotificationView(
    Guid Id,
    Guid UserId,
    string Title,
    string Message,
    string Type,
    string Severity,
    string Priority,
    string? ActionUrl,
    string? ActionButtonText,
    string? Callback,
    string? Link,
    bool Read,
    bool IsRead,
    DateTime? ReadAt,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int Version,
    JsonElement Metadata
);

/// <summary>Reads and changes stored notifications. Every statement names the owner: a foreign id finds nothing.</summary>
public sealed class NotificationStore(Db db)
{
    // One statement for one account or for all; a trigger of the table tells listeners when the transaction commits.
    public const string SendSql = """
        INSERT INTO notifications (id, user_id, title, message, type, severity, action_url, action_button_text, callback, metadata)
        SELECT gen_random_uuid(), p.id, @title, @message, @type::notification_type, @severity::notification_severity,
            @actionUrl, @actionButtonText, @callback, @metadata::jsonb
        FROM profiles p WHERE CASE WHEN @userId IS NULL THEN p.status = 'active' AND NOT p.account_locked ELSE p.id = @userId END
        RETURNING id, user_id, title, message, type::text, severity::text, created_at
        """;

    // Read notifications are kept for a month.
    public const string PurgeReadSql = """
        DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE read
            AND created_at < now() - interval '30 days' LIMIT @batch FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>How many unread notifications a client is shown when it joins.</summary>
    public const int MaxUnread = 100;

    private const string Columns = """
        n.id, n.user_id, n.title, n.message, n.type::text AS type, n.severity::text AS severity, coalesce(n.metadata ->> 'priority',
            'medium') AS priority,
        n.action_url, n.action_button_text, n.callback, n.read, n.read_at, n.created_at, n.updated_at, n.version,
            n.metadata::text AS metadata
        """;

    private const string Filter =
        "FROM notifications n WHERE n.user_id = @userId AND (@type::text IS NULL OR n.type::text = @type) AND (@read::boolean IS NULL OR "
        + "n.read = @read)";

    public async Task<IReadOnlyList<NotificationView>> UnreadAsync(Guid userId, CancellationToken ct) =>
        await ListAsync(userId, null, false, MaxUnread, 0, ct);

    public Task<int> UnreadCountAsync(Guid userId, CancellationToken ct) =>
        db.ScalarAsync<int>("SELECT count(*)::int FROM notifications WHERE user_id = @userId AND NOT read", new { userId }, ct);

    /// <summary>Newest first; a null <paramref name="type"/> or <paramref name="read"/> means any.</summary>
    public async Task<IReadOnlyList<NotificationView>> ListAsync(
        Guid userId,
        string? type,
        bool? read,
        int limit,
        int offset,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync<Row>(
            $"SELECT {Columns} {Filter} ORDER BY n.created_at DESC, n.id DESC LIMIT @limit OFFSET @offset",
            new
            {
                userId,
                type,
                read,
                limit,
                offset,
            },
            ct
        );
        return [.. rows.Select(View)];
    }

    public Task<int> CountAsync(Guid userId, string? type, bool? read, CancellationToken ct) =>
        db.ScalarAsync<int>(
            $"SELECT count(*)::int {Filter}",
            new
            {
                userId,
                type,
                read,
            },
            ct
        );

    /// <summary>The named notifications, whoever owns them; for delivery to their owners.</summary>
    public async Task<IReadOnlyList<NotificationView>> FindAsync(Guid[] ids, CancellationToken ct) =>
        [
            .. (
                await db.QueryAsync<Row>(
                    $"SELECT {Columns} FROM notifications n WHERE n.id = ANY (@ids) ORDER BY n.updated_at",
                    new { ids },
                    ct
                )
            ).Select(View),
        ];

    /// <summary>What changed for these users since <paramref name="since"/>, oldest change first.</summary>
    public async Task<IReadOnlyList<NotificationView>> ChangedAsync(Guid[] users, DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.QueryAsync<Row>(
                    $"SELECT {Columns} FROM notifications n WHERE n.user_id = ANY (@users) AND n.updated_at > @since::timestamptz ORDER "
                        + $"BY n.updated_at LIMIT 5000",
                    new { users, since },
                    ct
                )
            ).Select(View),
        ];

    /// <summary>False when the user has no such notification. Reading twice is no error.</summary>
    public async Task<bool> MarkReadAsync(Guid userId, Guid id, CancellationToken ct) =>
        await db.ExecuteAsync(
            "UPDATE notifications SET read = true, read_at = clock_timestamp() WHERE id = @id AND user_id = @userId AND NOT read",
            new { id, userId },
            ct
        ) > 0
        || await db.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM notifications WHERE id = @id AND user_id = @userId)",
            new { id, userId },
            ct
        );

    /// <summary>Returns how many were unread.</summary>
    public Task<int> MarkAllReadAsync(Guid userId, CancellationToken ct) =>
        db.ExecuteAsync(
            "UPDATE notifications SET read = true, read_at = clock_timestamp() WHERE user_id = @userId AND NOT read",
            new { userId },
            ct
        );

    public async Task<bool> DeleteAsync(Guid userId, Guid id, CancellationToken ct) =>
        await db.ExecuteAsync("DELETE FROM notifications WHERE id = @id AND user_id = @userId", new { id, userId }, ct) > 0;

    private static NotificationView View(Row r) =>
        new(
            r.Id,
            r.UserId,
            r.Title,
            r.Message,
            r.Type,
            r.Severity,
            r.Priority,
            r.ActionUrl,
            r.ActionButtonText,
            r.Callback,
            r.ActionUrl,
            r.Read,
            r.Read,
            r.ReadAt,
            r.CreatedAt,
            r.UpdatedAt,
            r.Version,
            JsonElement.Parse(r.Metadata)
        );

    private sealed record Row(
        Guid Id,
        Guid UserId,
        string Title,
        string Message,
        string Type,
        string Severity,
        string Priority,
        string? ActionUrl,
        string? ActionButtonText,
        string? Callback,
        bool Read,
        DateTime? ReadAt,
        DateTime CreatedAt,
        DateTime UpdatedAt,
        int Version,
        string Metadata
    );
}
