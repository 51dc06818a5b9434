using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Jobs;

/// <param name="Orphaned">Jobs of silent workers that were found.</param>
/// <param name="Requeued">Orphans that went back into the queue.</param>
/// <param name="Quarantined">Jobs that ended their process too often.</param>
/// <param name="Waiting">Orphans that a worker can take over.</param>
/// <param name="Lanes">Users whose waiting jobs nobody would have looked at.</param>
public sealed record RescueResult(int Orphaned, int Requeued, int Quarantined, long Waiting, int Lanes);

/// <summary>Takes jobs from silent workers and repairs the hints of the claim. Any worker may run it at any time.</summary>
public sealed class JobRescue(Db db, IOptions<JobOptions> options)
{
    private const string WaitingSql = """
        SELECT count(*) FILTER (WHERE crashes < @mostCrashes AND crashes_alone < @mostAlone) AS waiting,
               count(*) FILTER (WHERE crashes >= @mostCrashes OR crashes_alone >= @mostAlone) AS exhausted,
               count(*) FILTER (WHERE lease_until < clock_timestamp() - @grace) AS overdue
        FROM job_queue WHERE status = 'processing' AND locked_by IS NULL
        """;

    private const string QuarantineSql = """
        UPDATE job_queue q SET status = 'failed', stage = 'failed', dead_reason = 'poison', lease_token = NULL, lease_until = NULL,
            completed_at = clock_timestamp(), event_seq = q.event_seq + 1, updated_at = clock_timestamp()
        WHERE q.id IN (SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND (crashes >= @mostCrashes
            OR crashes_alone >= @mostAlone)
            ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING q.id, q.user_id
        """;

    // Nobody had a free slot for them: back into the queue, where their waiting shows.
    private const string RequeueSql = """
        UPDATE job_queue q SET status = 'pending', stage = 'retrying', lease_token = NULL, lease_until = NULL, event_seq = q.event_seq + 1,
            updated_at = clock_timestamp()
        WHERE q.id IN (SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes < @mostCrashes
            AND crashes_alone < @mostAlone
            AND lease_until < clock_timestamp() - @grace ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
        RETURNING q.user_id
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
              AND EXISTS (SELECT 1 FROM job_queue q WHERE q.user_id = w.user_id AND q.status = 'pending'
                AND q.claim_rank <= now() AND q.scheduled_at <= now())
              AND (SELECT count(*) FROM job_queue r WHERE r.user_id = w.user_id AND r.status = 'processing') < @userRunning
        )
        INSERT INTO job_lanes (user_id, lane_key) SELECT user_id, clock_timestamp() FROM asleep ORDER BY user_id
        ON CONFLICT (user_id) DO UPDATE SET lane_key = excluded.lane_key, parked = false WHERE job_lanes.lane_key IS NULL
        """;

    private const string LostMessage = "The worker that ran this job stopped without a word.";
    private const string PoisonMessage =
        "The analysis ended its worker several times and is set aside. Support can look into it and start it again.";

    /// <summary>Seconds a statement of the sweep may take: the next one comes soon.</summary>
    private const int TimeoutSeconds = 5;

    /// <summary>One look of a worker. Orphans stay with whoever takes them over; only after a further lease do they go back into the
    /// queue.</summary>
    public Task<RescueResult> SweepAsync(CancellationToken ct) => RunAsync(options.Value.Lease, ct);

    /// <summary>Gives the jobs of silent workers back to the queue at once.</summary>
    public Task<RescueResult> RunAsync(CancellationToken ct) => RunAsync(TimeSpan.Zero, ct);

    private async Task<RescueResult> RunAsync(TimeSpan grace, CancellationToken ct)
    {
        var limits = new
        {
            grace,
            mostCrashes = CrashPolicy.MostCrashes,
            mostAlone = CrashPolicy.MostAlone,
        };
        var orphaned = await db.ExecuteAsync(JobQueueSql.Orphan, new { message = LostMessage }, ct, TimeoutSeconds);
        var orphans = (await db.QueryAsync<Orphans>(WaitingSql, limits, ct, TimeoutSeconds))[0];
        var quarantined = orphans.Exhausted == 0 ? 0 : await QuarantineAsync(limits, ct);
        var requeued = orphans.Overdue == 0 ? 0 : await RequeueAsync(limits, ct);
        var lanes = await db.ExecuteAsync(LanesSql, new { userRunning = options.Value.UserRunning }, ct, TimeoutSeconds);
        return new RescueResult(orphaned, requeued, quarantined, orphans.Waiting - requeued, lanes);
    }

    private Task<int> QuarantineAsync(object limits, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                var exhausted = await scope.QueryAsync<Lost>(QuarantineSql, limits);
                foreach (var job in exhausted)
                {
                    await JobFailure.ApplyAsync(scope, job.Id, job.UserId, "worker_lost", PoisonMessage);
                }

                return exhausted.Count;
            },
            ct
        );

    private Task<int> RequeueAsync(object limits, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                var users = await scope.QueryAsync<Guid>(RequeueSql, limits);
                await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = users.Distinct().ToArray() });
                await scope.ExecuteAsync("SELECT pg_notify('yto_jobs', '')::text");
                return users.Count;
            },
            ct
        );

    private sealed record Lost(Guid Id, Guid UserId);

    private sealed record Orphans(long Waiting, long Exhausted, long Overdue);
}
