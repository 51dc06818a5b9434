using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Jobs;

/// <summary>Claims, renews and ends jobs for workers. Every write presents the lease; false or a missing id means it is
/// no longer theirs.</summary>
public sealed class JobLeases(Db db, IOptions<JobOptions> options)
{
    // Short: the caller tries again, and a lease that cannot be renewed is worth nothing.
    private const int TimeoutSeconds = 3;

    private readonly JobOptions options = options.Value;

    /// <summary>Claims up to <paramref name="limit"/> jobs, users in turn; <paramref name="suspects"/> of them may have ended two processes
    /// before.</summary>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string worker, int limit, int suspects, CancellationToken ct) =>
        db.QueryAsync<ClaimedJob>(
            JobQueueSql.Claim,
            new
            {
                worker,
                limit,
                suspects,
                userRunning = options.UserRunning,
                lease = options.Lease,
            },
            ct,
            5
        );

    /// <summary>Takes over up to <paramref name="limit"/> jobs of silent workers, at most <paramref name="suspects"/> of them
    /// suspects.</summary>
    public Task<IReadOnlyList<ClaimedJob>> TakeOverAsync(string worker, int limit, int suspects, CancellationToken ct) =>
        db.QueryAsync<ClaimedJob>(
            JobQueueSql.TakeOver,
            new
            {
                worker,
                limit,
                suspects,
                lease = options.Lease,
                suspectAfter = CrashPolicy.SuspectAfter,
                mostCrashes = CrashPolicy.MostCrashes,
                mostAlone = CrashPolicy.MostAlone,
            },
            ct,
            5
        );

    /// <summary>The job that this lease is for; null when it is no longer held.</summary>
    public Task<ClaimedJob?> FindAsync(JobLease lease, CancellationToken ct) =>
        db.FirstOrDefaultAsync<ClaimedJob>(JobQueueSql.Held, new { id = lease.JobId, token = lease.Token }, ct);

    /// <summary>Renews the leases and returns the jobs that are still held.</summary>
    public Task<IReadOnlyList<Guid>> HeartbeatAsync(IReadOnlyCollection<JobLease> leases, CancellationToken ct) =>
        db.QueryAsync<Guid>(JobQueueSql.Heartbeat, Held(leases, new { lease = options.Lease }), ct, TimeoutSeconds);

    /// <summary>The jobs that are still held, without renewing: finds cancels when no notification can.</summary>
    public Task<IReadOnlyList<Guid>> StillHeldAsync(IReadOnlyCollection<JobLease> leases, CancellationToken ct) =>
        db.QueryAsync<Guid>(JobQueueSql.StillMine, Held(leases, null), ct, TimeoutSeconds);

    /// <summary>Shows progress; lower percentages than shown before are dropped.</summary>
    public Task ReportAsync(JobLease lease, JobProgress progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return db.ExecuteAsync(
            JobQueueSql.Progress,
            new
            {
                id = lease.JobId,
                token = lease.Token,
                percent = Math.Clamp(progress.Percent, 0, 99),
                stage = progress.Stage,
            },
            ct,
            TimeoutSeconds
        );
    }

    /// <summary>Completes a job together with its effects, in one transaction; on false nothing was written.</summary>
    public Task<bool> CompleteAsync(JobLease lease, string? resultJson, string? title, Func<DbScope, Task> effects, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(effects);
        return db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                // The fenced update comes first: its row lock keeps a cancel waiting until effects and state are one fact.
                var user = await scope.FirstOrDefaultAsync<Guid?>(
                    JobQueueSql.Complete,
                    new
                    {
                        id = lease.JobId,
                        token = lease.Token,
                        result = resultJson,
                        title,
                    }
                );
                if (user is null)
                {
                    return false;
                }

                await effects(scope);
                await QuotaLedger.ChargeAsync(scope, lease.JobId);
                await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = new[] { user.Value } });
                await scope.ExecuteAsync(JobQueueSql.Notify, new { id = lease.JobId, @event = JobEvent.Completed });
                return true;
            },
            ct
        );
    }

    /// <summary>Completes jobs without effects of their own in one transaction; returns those that were still held.</summary>
    public Task<IReadOnlyList<Guid>> CompleteManyAsync(IReadOnlyCollection<JobLease> leases, CancellationToken ct) =>
        db.QueryAsync<Guid>(JobQueueSql.CompleteMany, Held(leases, null), ct);

    /// <summary>Puts a job back for later. A deferral (the upstream said when) does not count as an attempt.</summary>
    public Task<bool> RetryAsync(JobLease lease, TimeSpan delay, bool deferred, string code, string message, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                var user = await scope.FirstOrDefaultAsync<Guid?>(
                    JobQueueSql.Retry,
                    new
                    {
                        id = lease.JobId,
                        token = lease.Token,
                        delay,
                        deferred,
                        code,
                        message,
                    }
                );
                if (user is not null)
                {
                    await scope.ExecuteAsync(JobQueueSql.Unpark, new { users = new[] { user.Value } });
                }

                return user is not null;
            },
            ct
        );

    /// <summary>Ends a job as failed: refund, log row, notification. <paramref name="dead"/> (see <see cref="DeadReason"/>) keeps it for a
    /// person.</summary>
    public Task<bool> FailAsync(JobLease lease, string code, string message, string? stack, string? dead, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                var user = await scope.FirstOrDefaultAsync<Guid?>(
                    JobQueueSql.Fail,
                    new
                    {
                        id = lease.JobId,
                        token = lease.Token,
                        code,
                        message,
                        stack,
                        dead,
                    }
                );
                if (user is null)
                {
                    return false;
                }

                await JobFailure.ApplyAsync(scope, lease.JobId, user.Value, code, message);
                return true;
            },
            ct
        );

    /// <summary>Hands jobs back without counting the attempt; returns those that were still held.</summary>
    public Task<IReadOnlyList<Guid>> ReleaseAsync(IReadOnlyCollection<JobLease> leases, CancellationToken ct) =>
        db.QueryAsync<Guid>(JobQueueSql.Release, Held(leases, null), ct, TimeoutSeconds);

    private static Dapper.DynamicParameters Held(IReadOnlyCollection<JobLease> leases, object? more)
    {
        // In order of id, so that two statements over the same jobs meet the rows in the same order.
        var sorted = leases.OrderBy(lease => lease.JobId).ToArray();
        var parameters = new Dapper.DynamicParameters(more);
        parameters.Add("ids", Array.ConvertAll(sorted, lease => lease.JobId));
        parameters.Add("tokens", Array.ConvertAll(sorted, lease => lease.Token));
        return parameters;
    }
}
