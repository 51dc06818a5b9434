using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>What a client is shown when it joins.</summary>
internal sealed record NotificationList(IReadOnlyList<NotificationView> Notifications, int UnreadCount);

/// <summary>
/// The stored rows behind the events: for a client that joins or returns, and for hints that say only that something changed.
/// </summary>
internal sealed class FeedReader(Db db, NotificationStore notifications)
{
    /// <summary>A job that ended longer ago is history, not news.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <summary>A client away for longer begins anew.</summary>
    public static readonly TimeSpan LongestAbsence = TimeSpan.FromHours(12);

    // Each may carry an audit: the latest are shown, the others are in the history.
    private const int MostOfOneUser = 60;
    private const int MostOfAll = 2000;

    private const string Columns = """
        q.id, q.user_id, q.status, q.progress, q.stage, q.event_seq AS version, q.job_type AS type, q.video_title AS title,
        q.error_message AS error, q.error_code, q.created_at, q.completed_at, q.updated_at AS at, to_jsonb(a)::text AS audit_json
        """;

    private const string From = "FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed'";

    // Two index ranges: the partial indexes of unfinished jobs, and the user's jobs of the last days by creation.
    private const string Since = $"""
        SELECT {Columns} {From}
        WHERE q.user_id = ANY (@users) AND q.status IN ('pending', 'processing')
        UNION ALL
        SELECT {Columns} {From}
        WHERE q.user_id = ANY (@users) AND q.created_at > now() - interval '3 days' AND q.status IN ('completed', 'failed', 'cancelled')
            AND q.completed_at > @since::timestamptz
        ORDER BY at DESC, id LIMIT @limit
        """;

    private const string ById = $"SELECT {Columns} {From} WHERE q.id = ANY (@ids) ORDER BY q.updated_at, q.id";

    private const string CountSql = """
        SELECT u.id AS user_id, (SELECT count(*) FROM notifications n WHERE n.user_id = u.id AND NOT n.read)::int AS count
            FROM unnest(@users) AS u (id)
        """;

    /// <summary>Unfinished jobs, and those that ended in the last minutes.</summary>
    public async Task<IReadOnlyList<JobChanged>> RecentJobsAsync(Guid userId, CancellationToken ct) =>
        await JobsSinceAsync([userId], await NowAsync(ct) - Recent, ct);

    public async Task<IReadOnlyList<JobChanged>> JobsSinceAsync(Guid[] users, DateTime since, CancellationToken ct) => [.. (
                await db.QueryAsync<JobState>(
                    Since,
                    new
                    {
                        users,
                        since,
                        limit = users.Length == 1 ? MostOfOneUser : MostOfAll,
                    },
                    ct
                )
            ).Reverse().Select(job => new JobChanged(job))];

    public async Task<IReadOnlyList<JobChanged>> JobsAsync(Guid[] ids, CancellationToken ct) =>
        ids.Length == 0 ? [] : [.. (await db.QueryAsync<JobState>(ById, new { ids }, ct)).Select(job => new JobChanged(job))];

    public async Task<IReadOnlyList<NotificationChanged>> NotificationsAsync(Guid[] ids, CancellationToken ct) =>
        ids.Length == 0 ? [] : [.. (await notifications.FindAsync(ids, ct)).Select(n => new NotificationChanged(n))];

    public async Task<IReadOnlyList<NotificationChanged>> NotificationsSinceAsync(Guid[] users, DateTime since, CancellationToken ct) =>
        users.Length == 0 ? [] : [.. (await notifications.ChangedAsync(users, since, ct)).Select(n => new NotificationChanged(n))];

    public async Task<NotificationList> UnreadAsync(Guid userId, CancellationToken ct)
    {
        var list = await notifications.UnreadAsync(userId, ct);
        return new NotificationList(
            list,
            list.Count < NotificationStore.MaxUnread ? list.Count : await notifications.UnreadCountAsync(userId, ct)
        );
    }

    public async Task<IReadOnlyList<UnreadCount>> UnreadCountsAsync(Guid[] users, DateTime at, CancellationToken ct) =>
        users.Length == 0
            ? []
            : [.. (await db.QueryAsync<CountRow>(CountSql, new { users }, ct)).Select(row => new UnreadCount(row.UserId, row.Count, at))];

    /// <summary>The database's clock, which all times of changes come from.</summary>
    public Task<DateTime> NowAsync(CancellationToken ct) => db.ScalarAsync<DateTime>("SELECT clock_timestamp()", null, ct);

    private sealed record CountRow(Guid UserId, int Count);
}
