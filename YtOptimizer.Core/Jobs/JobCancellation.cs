using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Jobs;

/// <summary>Cancels waiting and running jobs: from then on the claim's fence is closed, and the worker is told to stop.</summary>
public sealed class JobCancellation(Db db)
{
    private const string CancelSql = """
        WITH target AS (
            SELECT id, lease_token FROM job_queue WHERE id = @jobId AND user_id = @userId AND status IN ('pending', 'processing') FOR UPDATE
        )
        UPDATE job_queue q SET status = 'cancelled', stage = 'cancelled', error_code = 'cancelled',
            error_message = 'Cancelled by the user.',
            lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), event_seq = q.event_seq + 1,
                updated_at = clock_timestamp()
        FROM target WHERE q.id = target.id
        RETURNING q.video_title, target.lease_token
        """;

    /// <summary>Returns the state in which the job is now, or null when the user has no such job.</summary>
    public async Task<string?> CancelAsync(Guid jobId, Guid userId, CancellationToken ct)
    {
        var cancelled = await db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                if (await scope.FirstOrDefaultAsync<Target>(CancelSql, new { jobId, userId }) is not { } target)
                {
                    return false;
                }

                await QuotaLedger.RefundAsync(scope, jobId);
                await scope.ExecuteAsync(AnalysisLogStore.CancelSql, new { jobId });
                await NotificationWriter.AddAsync(scope, JobNotifications.Cancelled(jobId, userId, target.VideoTitle));
                await scope.ExecuteAsync(JobQueueSql.Notify, new { id = jobId, @event = JobEvent.Cancelled });
                if (target.LeaseToken is { } token)
                {
                    await scope.ExecuteAsync("SELECT pg_notify('yto_cancel', @payload)::text", new { payload = $"{jobId}:{token}" });
                    await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = new[] { userId } });
                }

                return true;
            },
            ct
        );
        return cancelled
            ? JobStatus.Cancelled
            : await db.ScalarAsync<string?>(
                "SELECT status FROM job_queue WHERE id = @jobId AND user_id = @userId",
                new { jobId, userId },
                ct
            );
    }

    private sealed record Target(string? VideoTitle, long? LeaseToken);
}
