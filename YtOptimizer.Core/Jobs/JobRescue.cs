using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Jobs;

/// <param name="Requeued">Jobs of silent workers that were given back.</param>
/// <param name="Quarantined">Jobs that ended their process too often.</param>
/// <param name="Lanes">Users whose waiting jobs nobody would have looked at.</param>
public sealed record RescueResult(int Requeued, int Quarantined, int Lanes);

/// <summary>Takes jobs from silent workers and repairs the hints of the claim. Any worker may run it at any time.</summary>
public sealed class JobRescue(Db db, IOptions<JobOptions> options)
{
    private const string LapsedSql = """
        UPDATE job_queue q SET
            status = CASE WHEN q.attempts >= q.max_retries THEN 'failed' ELSE 'pending' END,
            stage = CASE WHEN q.attempts >= q.max_retries THEN 'failed' ELSE 'retrying' END,
            crashes = q.crashes + 1, lease_token = NULL, lease_until = NULL, locked_by = NULL,
            completed_at = CASE WHEN q.attempts >= q.max_retries THEN clock_timestamp() END,
            dead_reason = CASE WHEN q.attempts >= q.max_retries THEN 'poison' END,
            error_code = 'worker_lost', error_message = @message,
            event_seq = q.event_seq + 1, updated_at = clock_timestamp()
        WHERE q.id IN (SELECT id FROM job_queue WHERE status = 'processing' AND lease_until < clock_timestamp() ORDER BY id LIMIT @limit FOR UPDATE SKIP LOCKED)
        RETURNING q.id, q.user_id, q.status
        """;

    // Distinct users of waiting jobs by skipping through the index; those with something due whose lane sleeps are woken. Covers
    // postponed jobs that became due, rows that operators wrote, and the rare race of a completion with a claim.
    private const string LanesSql = """
        WITH RECURSIVE waiting AS (
            (SELECT user_id FROM job_queue WHERE status = 'pending' ORDER BY user_id LIMIT 1)
            UNION ALL
            SELECT (SELECT q.user_id FROM job_queue q WHERE q.status = 'pending' AND q.user_id > w.user_id ORDER BY q.user_id LIMIT 1)
            FROM waiting w WHERE w.user_id IS NOT NULL
        ), asleep AS (
            SELECT w.user_id FROM waiting w LEFT JOIN job_lanes l ON l.user_id = w.user_id
            WHERE w.user_id IS NOT NULL AND l.lane_key IS NULL
              AND EXISTS (SELECT 1 FROM job_queue q WHERE q.user_id = w.user_id AND q.status = 'pending' AND q.scheduled_at <= now())
              AND (SELECT count(*) FROM job_queue r WHERE r.user_id = w.user_id AND r.status = 'processing') < @userRunning
        )
        INSERT INTO job_lanes (user_id, lane_key) SELECT user_id, clock_timestamp() FROM asleep ORDER BY user_id
        ON CONFLICT (user_id) DO UPDATE SET lane_key = excluded.lane_key, parked = false WHERE job_lanes.lane_key IS NULL
        """;

    private const string LostMessage = "The worker that ran this job stopped without a word.";
    private const string PoisonMessage = "The analysis ended its worker several times and is set aside. Support can look into it and start it again.";

    // One sweep at a time in the fleet: key of pg_try_advisory_xact_lock.
    private const long SweepLock = 0x59544F_01;

    public async Task<RescueResult> RunAsync(CancellationToken ct)
    {
        var (requeued, quarantined) = await db.InTransactionAsync(async scope =>
        {
            if (!await scope.ScalarAsync<bool>("SELECT pg_try_advisory_xact_lock(@key)", new { key = SweepLock }))
            {
                return (0, 0);
            }

            var lapsed = await scope.QueryAsync<Lapsed>(LapsedSql, new { limit = 500, message = LostMessage });
            foreach (var job in lapsed.Where(job => job.Status == JobStatus.Failed))
            {
                await JobFailure.ApplyAsync(scope, job.Id, job.UserId, "worker_lost", PoisonMessage);
            }

            var again = lapsed.Where(job => job.Status == JobStatus.Pending).ToArray();
            if (again.Length > 0)
            {
                await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = again.Select(job => job.UserId).Distinct().ToArray() });
                await scope.ExecuteAsync("SELECT pg_notify('yto_jobs', '')::text");
            }

            return (again.Length, lapsed.Count - again.Length);
        }, ct);
        var lanes = await db.ExecuteAsync(LanesSql, new { userRunning = options.Value.UserRunning }, ct, 5);
        return new RescueResult(requeued, quarantined, lanes);
    }

    private sealed record Lapsed(Guid Id, Guid UserId, string Status);
}
