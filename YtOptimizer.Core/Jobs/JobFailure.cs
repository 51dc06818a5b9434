using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Jobs;

/// <summary>What follows from a job's failure, in the transaction that fails it: refund, log row, notification, event.</summary>
internal static class JobFailure
{
    public static async Task ApplyAsync(DbScope scope, Guid jobId, Guid userId, string code, string message)
    {
        await QuotaLedger.RefundAsync(scope, jobId);
        await scope.ExecuteAsync(
            AnalysisLogStore.FailSql,
            new
            {
                jobId,
                code,
                message,
            }
        );
        await NotificationWriter.AddAsync(scope, JobNotifications.Failed(jobId, userId, code, message));
        await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = new[] { userId } });
        await scope.ExecuteAsync(JobQueueSql.Notify, new { id = jobId, @event = JobEvent.Failed });
    }
}
