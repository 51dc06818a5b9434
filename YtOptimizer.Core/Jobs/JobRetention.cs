using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Core.Jobs;

/// <summary>Deletes what has served its time, in small batches that never hold a lock for long. Dead letters stay.</summary>
public sealed class JobRetention(Db db, FileStore files, TimeProvider time, IOptions<JobOptions> options)
{
    public const int BatchSize = 1000;

    private const string JobsSql = """
        DELETE FROM job_queue WHERE id IN (
            SELECT id FROM job_queue WHERE completed_at < now() - make_interval(days => @days) AND dead_reason IS NULL
              AND status IN ('completed', 'failed', 'cancelled')
            ORDER BY completed_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        RETURNING payload ->> 'uploadKey'
        """;

    private const string KeysSql = """
        DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys
            WHERE expires_at < now() LIMIT @batch FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>Deletes one batch of each kind; returns how many rows went, 0 when nothing is left to do.</summary>
    public async Task<int> PurgeBatchAsync(CancellationToken ct)
    {
        var uploads = await db.QueryAsync<string?>(JobsSql, new { days = options.Value.RetentionDays, batch = BatchSize }, ct);
        foreach (var key in uploads.OfType<string>())
        {
            await files.DeleteAsync(key);
        }

        return uploads.Count
            + await db.ExecuteAsync(KeysSql, new { batch = BatchSize }, ct)
            + await db.ExecuteAsync(NotificationStore.PurgeReadSql, new { batch = BatchSize }, ct);
    }

    /// <summary>Deletes uploads that no kept job can need: also those whose request ended between the file and the job.</summary>
    public Task<int> PurgeUploadsAsync(CancellationToken ct) =>
        files.DeleteOlderThanAsync(FileStore.Uploads, time.GetUtcNow().AddDays(-options.Value.RetentionDays - 1), ct);
}
