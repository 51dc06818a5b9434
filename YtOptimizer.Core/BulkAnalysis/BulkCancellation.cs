using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>
/// Cancels what of a batch is not done: videos that wait at once, jobs as each single one is cancelled. What is done stays. After a failure
/// half-way a second call does the rest.
/// </summary>
public sealed class BulkCancellation(Db db, JobCancellation jobs, BulkFeeder feeder)
{
    private const string LockSql = "SELECT finished_at FROM bulk_analyses WHERE id = @id AND user_id = @userId FOR UPDATE";

    private const string CloseSql = "UPDATE bulk_analyses SET cancelled_at = clock_timestamp() WHERE id = @id AND cancelled_at IS NULL";

    private const string WaitingSql = """
        UPDATE bulk_analysis_items SET state = 'cancelled', error_code = 'cancelled', error_message = 'Cancelled by the user.'
        WHERE bulk_id = @id AND state = 'waiting' RETURNING job_id
        """;

    private const string QueuedSql = "SELECT job_id FROM bulk_analysis_items WHERE bulk_id = @id AND state = 'queued' ORDER BY position";

    /// <summary>How many videos it cancelled: 0 when the batch was finished; null when the user has no such batch.</summary>
    public async Task<int?> CancelAsync(Guid id, Guid userId, CancellationToken ct)
    {
        var waiting = await db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                if (await scope.FirstOrDefaultAsync<Found>(LockSql, new { id, userId }) is not { } found)
                {
                    return (int?)null;
                }

                if (found.FinishedAt is not null)
                {
                    return 0;
                }

                await scope.ExecuteAsync(CloseSql, new { id });
                var ended = await scope.QueryAsync<Guid>(WaitingSql, new { id });
                await QuotaLedger.RefundAsync(scope, ended);
                return ended.Count;
            },
            ct
        );
        if (waiting is not { } cancelled)
        {
            return null;
        }

        foreach (var job in await db.QueryAsync<Guid>(QueuedSql, new { id }, ct))
        {
            cancelled += await jobs.CancelAsync(job, userId, ct) == JobStatus.Cancelled ? 1 : 0;
        }

        await feeder.RunAsync(id, userId, ct);
        return cancelled;
    }

    private sealed record Found(DateTime? FinishedAt);
}
