using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.Jobs;

/// <summary>
/// Records submissions that were refused as jobs that failed, for clients that understand nothing else. They cost no quota and never run.
/// </summary>
public sealed class RefusedJobs(Db db)
{
    private const string Sql = """
        WITH job AS (
            INSERT INTO job_queue (id, user_id, job_type, payload, configuration, video_title, status, stage, error_code, error_message,
                correlation_id, completed_at)
            VALUES (@Id, @UserId, @JobType, @Payload::jsonb, @Configuration::jsonb, @Title, 'failed', 'failed', @code, @message,
                @CorrelationId, now())
            RETURNING *
        )
        SELECT job_notify(job::job_queue, 'job-failed')::text FROM job
        """;

    public Task AddAsync(NewJob job, string code, string message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(job);
        return db.InTransactionAsync(
            async scope =>
            {
                var parameters = new Dapper.DynamicParameters(job);
                parameters.Add("code", code);
                parameters.Add("message", message);
                await scope.ExecuteAsync(Sql, parameters);
                await NotificationWriter.AddAsync(scope, NotificationCatalog.Refused(job.UserId, code, message));
                return true;
            },
            ct
        );
    }
}
