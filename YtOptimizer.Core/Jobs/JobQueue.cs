using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.Jobs;

/// <summary>The producers' side: queue, restart.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is the queue; the name is the table's and the field's.")]
public sealed class JobQueue(Db db, JobSignals signals, QueueStats stats, IOptions<JobOptions> options)
{
    /// <summary>Seconds a caller waits for the database before it is told to come back.</summary>
    private const int TimeoutSeconds = 2;

    private readonly JobOptions options = options.Value;

    /// <summary>Queues a job, or finds the one that already answers the request. Caps, quota, key and job are one transaction.</summary>
    public Task<EnqueueResult> EnqueueAsync(NewJob job, CancellationToken ct) => EnqueueAsync(job, JobQueueSql.Enqueue, null, ct);

    /// <summary>As above, with rows of the caller's own in the same statement.</summary>
    /// <param name="job">What to queue.</param>
    /// <param name="wrap">Makes the whole statement of the enqueue call: a CTE that ends in the call's row.</param>
    /// <param name="more">Further parameters of that statement.</param>
    /// <param name="ct">Cancels waiting; the job may be queued nevertheless.</param>
    public async Task<EnqueueResult> EnqueueAsync(NewJob job, Func<string, string> wrap, object more, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return await EnqueueAsync(job, wrap(JobQueueSql.Enqueue), more, ct);
    }

    /// <summary>As above; <paramref name="record"/> writes who did it, in the same transaction, when a job was made.</summary>
    public async Task<EnqueueResult> EnqueueAsync(
        NewJob job,
        Func<string, string> wrap,
        object more,
        Func<DbScope, Task> record,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return await EnqueueAsync(job, wrap(JobQueueSql.Enqueue), more, ct, record);
    }

    /// <summary>Runs a failed or cancelled job of this user again, in its own row.</summary>
    public async Task<RestartResult> RestartAsync(Guid jobId, Guid userId, CancellationToken ct)
    {
        if (await stats.IsFullAsync(ct))
        {
            return new RestartResult("queue_full", null, 0, options.GlobalDepth, null);
        }

        var result = await db.InTransactionAsync(
            async scope =>
            {
                var row = (
                    await scope.QueryAsync<RestartResult>(
                        "SELECT * FROM job_restart(@jobId, @userId, @depth, true)",
                        new
                        {
                            jobId,
                            userId,
                            depth = options.UserDepth,
                        }
                    )
                )[0];
                if (row.Outcome == "restarted")
                {
                    if (QuotaThreshold(row.Used, row.Allowed) is { } percent)
                    {
                        await NotificationWriter.AddAsync(
                            scope,
                            NotificationCatalog.QuotaUsed(userId, percent, row.Used + 1, row.Allowed, row.ResetsAt)
                        );
                    }

                    var title = await scope.ScalarAsync<string?>("SELECT video_title FROM job_queue WHERE id = @jobId", new { jobId });
                    await NotificationWriter.AddAsync(scope, JobNotifications.Restarted(jobId, userId, title));
                }

                return row;
            },
            ct
        );
        if (result.Outcome == "restarted")
        {
            signals.Queued(jobId);
        }

        return result;
    }

    private async Task<EnqueueResult> EnqueueAsync(
        NewJob job,
        string sql,
        object? more,
        CancellationToken ct,
        Func<DbScope, Task>? record = null
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        if (await stats.IsFullAsync(ct))
        {
            return new EnqueueResult(EnqueueOutcome.QueueFull, null, null, 0, options.GlobalDepth, null);
        }

        using var span = JobTelemetry.StartSend(job.JobType, job.Id);
        var parameters = new Dapper.DynamicParameters(span is null ? job : job with { Traceparent = span.Id });
        parameters.Add("MaxAttempts", options.MaxAttempts);
        parameters.Add("UserDepth", options.UserDepth);
        parameters.Add("KeyTtl", TimeSpan.FromHours(options.IdempotencyHours));
        parameters.Add("DuplicateWindow", TimeSpan.FromSeconds(options.DuplicateWindowSeconds));
        parameters.AddDynamicParams(more);
        var row = record is null
            ? (await db.QueryAsync<Row>(sql, parameters, ct, TimeoutSeconds))[0]
            : await db.InTransactionAsync(
                async scope =>
                {
                    var made = (await scope.QueryAsync<Row>(sql, parameters))[0];
                    if (made.Outcome == "created")
                    {
                        await record(scope);
                    }

                    return made;
                },
                ct
            );
        if (row.Outcome == "created")
        {
            stats.Added();
            JobTelemetry.Queued(job.JobType);
            signals.Queued(job.Id);
            if (job.Charged && QuotaThreshold(row.Used, row.Allowed) is { } percent)
            {
                await NotificationWriter.AddAsync(
                    db,
                    NotificationCatalog.QuotaUsed(job.UserId, percent, row.Used + 1, row.Allowed, row.ResetsAt),
                    ct
                );
            }
        }

        return new EnqueueResult(ToOutcome(row.Outcome), row.JobId, row.Response, row.Used, row.Allowed, row.ResetsAt);
    }

    /// <summary>The highest threshold that <paramref name="added"/> more than <paramref name="before"/> reach; null for none, or without a
    /// limit.</summary>
    internal static int? QuotaThreshold(int before, int allowed, int added = 1)
    {
        foreach (var percent in allowed > 0 ? NotificationCatalog.QuotaThresholds.Reverse() : [])
        {
            if ((before + added) * 100L >= percent * (long)allowed && before * 100L < percent * (long)allowed)
            {
                return percent;
            }
        }

        return null;
    }

    private static EnqueueOutcome ToOutcome(string name) =>
        name switch
        {
            "created" => EnqueueOutcome.Created,
            "replayed" => EnqueueOutcome.Replayed,
            "duplicate" => EnqueueOutcome.Duplicate,
            "key_conflict" => EnqueueOutcome.KeyConflict,
            "user_full" => EnqueueOutcome.UserFull,
            "quota_exceeded" => EnqueueOutcome.QuotaExceeded,
            _ => throw new InvalidOperationException($"job_enqueue answered '{name}', which this version does not know."),
        };

    private sealed class Row
    {
        public string Outcome { get; init; } = "";

        public Guid? JobId { get; init; }

        public string? Response { get; init; }

        public int Used { get; init; }

        public int Allowed { get; init; }

        public DateTime? ResetsAt { get; init; }
    }
}

/// <param name="Outcome">restarted, not_found, wrong_state, user_full, queue_full or quota_exceeded.</param>
/// <param name="Status">The job's state.</param>
/// <param name="Used">What counts against <paramref name="Allowed"/> when refused.</param>
/// <param name="Allowed">The limit that refused.</param>
/// <param name="ResetsAt">When the plan's period ends.</param>
public sealed record RestartResult(string Outcome, string? Status, int Used, int Allowed, DateTime? ResetsAt)
{
    public RestartResult()
        : this("", null, 0, 0, null) { }

    /// <summary>What refused, when a limit did.</summary>
    public EnqueueOutcome Refusal =>
        Outcome switch
        {
            "user_full" => EnqueueOutcome.UserFull,
            "quota_exceeded" => EnqueueOutcome.QuotaExceeded,
            _ => EnqueueOutcome.QueueFull,
        };
}
