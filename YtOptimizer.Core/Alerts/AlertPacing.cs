using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

/// <summary>
/// Who may send when, kept in the database: the limit of messages and a receiver's <c>retry_after</c> hold across workers and restarts,
/// for messages queued later as well.
/// </summary>
public sealed class AlertPacing(Db db)
{
    private const string RegisterSql = """
        INSERT INTO alert_channels (channel) SELECT unnest(@configured::text[]) ON CONFLICT (channel) DO NOTHING;
        DELETE FROM alert_channels WHERE channel <> ALL (@configured::text[])
        """;

    private const string TakeTurnSql = """
        INSERT INTO alert_channels (channel, next_at)
        SELECT @channel, now() + @inFlight WHERE EXISTS (SELECT 1 FROM alert_outbox WHERE channel = @channel AND sent_at IS NULL
            AND due_at <= now())
        ON CONFLICT (channel) DO UPDATE SET next_at = EXCLUDED.next_at WHERE alert_channels.next_at <= now()
        """;

    private const string FailedSql = """
        UPDATE alert_channels SET failures = failures + 1,
               next_at = now() + COALESCE(@retryAfter, LEAST(interval '5 minutes', interval '2 seconds' * power(2, LEAST(failures, 8))))
        WHERE channel = @channel
        """;

    private const string DeliveredSql =
        "UPDATE alert_channels SET alive_at = now(), failures = 0, next_at = now() + @pause WHERE channel = @channel";

    private const string AliveSql = "UPDATE alert_channels SET alive_at = now() WHERE channel = @channel";

    /// <summary>Notes which channels the fleet has; the rows of others go, so that nobody waits for a life sign of theirs.</summary>
    public Task RegisterAsync(string[] configured, CancellationToken ct) => db.ExecuteAsync(RegisterSql, new { configured }, ct);

    /// <summary>
    /// True when something is due and the pause is over. Nobody else sends on the channel for <paramref name="inFlight"/> then, even if
    /// this process is frozen and its lease passes on.
    /// </summary>
    public async Task<bool> TryTakeTurnAsync(string channel, TimeSpan inFlight, CancellationToken ct) =>
        await db.ExecuteAsync(TakeTurnSql, new { channel, inFlight }, ct) == 1;

    /// <summary>A message was accepted; the next one may follow after <paramref name="pause"/>.</summary>
    public Task NoteDeliveredAsync(string channel, TimeSpan pause, CancellationToken ct) =>
        db.ExecuteAsync(DeliveredSql, new { channel, pause }, ct);

    /// <summary>Pauses the whole channel: as long as the receiver asked for, else longer with each failure in a row, at most five
    /// minutes.</summary>
    public Task NoteFailureAsync(string channel, TimeSpan? retryAfter, CancellationToken ct) =>
        db.ExecuteAsync(FailedSql, new { channel, retryAfter }, ct);

    /// <summary>The other side answered something else than a delivery.</summary>
    public Task NoteAliveAsync(string channel, CancellationToken ct) => db.ExecuteAsync(AliveSql, new { channel }, ct);
}
