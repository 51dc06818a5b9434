using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Worker.Queue;

/// <summary>Writes how an attempt ended, through short outages of the database. Returns the outcome for the metrics.</summary>
internal sealed partial class JobFinalizer(
    JobLeases leases,
    CompletionBatch batch,
    QueueMetrics metrics,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobFinalizer> logger
)
{
    private readonly JobOptions options = options.Value;

    public async Task<string> CompletedAsync(ClaimedJob job, JobResult result)
    {
        var written =
            result.Effects is null && result.Json is null && result.Title is null
                ? await batch.CompleteAsync(job.Lease)
                : await PersistAsync(ct =>
                    leases.CompleteAsync(job.Lease, result.Json, result.Title, result.Effects ?? (_ => Task.CompletedTask), ct)
                );
        if (written && result.Effects is not null)
        {
            YtoMetrics.AuditCompleted();
        }

        return Outcome(job, written, "completed");
    }

    public async Task<string> ReleasedAsync(ClaimedJob job) =>
        Outcome(job, await PersistAsync(async ct => (await leases.ReleaseAsync([job.Lease], ct)).Count == 1), "released");

    public async Task<string> DeadAsync(ClaimedJob job, string reason, string message, Exception? exception)
    {
        Log.Dead(logger, job.Id, reason, exception);
        return Outcome(
            job,
            await PersistAsync(ct => leases.FailAsync(job.Lease, reason, message, exception?.ToString(), reason, ct)),
            "dead"
        );
    }

    /// <summary>The job ended the process that ran nothing else.</summary>
    public async Task<string> PoisonAsync(ClaimedJob job, string message, int exitCode)
    {
        Log.Poison(logger, job.Id, exitCode);
        return Outcome(
            job,
            await PersistAsync(ct => leases.FailAsync(job.Lease, "worker_lost", message, $"exit code {exitCode}", DeadReason.Poison, ct)),
            "dead"
        );
    }

    /// <summary>Decides between another attempt and the end.</summary>
    public async Task<string> FailedAsync(ClaimedJob job, Exception exception)
    {
        var known = exception as AnalysisException;
        // What is not an answer of the analysis is a fault of ours or of the network: worth another attempt.
        var transient = known?.IsTransient ?? true;
        var code = known?.Code ?? "internal_error";
        // Clients see this text; what an unexpected exception says stays in error_stack and the log.
        var message = known?.Message ?? "The analysis failed for a reason of ours. Please try again.";
        if (!transient)
        {
            Log.Failed(logger, job.Id, job.UserId, code);
            return Outcome(job, await PersistAsync(ct => leases.FailAsync(job.Lease, code, message, null, null, ct)), "failed");
        }

        var deferred = known?.RetryAfter is not null && job.Deferrals < options.MaxDeferrals;
        // Attempts that ended with their worker are not the job's; what is, is decided elsewhere (see CrashPolicy).
        if (!deferred && job.Attempt - job.Crashes >= job.MaxAttempts)
        {
            Log.Exhausted(logger, job.Id, job.UserId, code, job.Attempt, exception);
            return Outcome(
                job,
                await PersistAsync(ct =>
                    leases.FailAsync(job.Lease, code, message, exception.ToString(), DeadReason.AttemptsExhausted, ct)
                ),
                "dead"
            );
        }

        var delay = BackOff.After(
            job.Attempt,
            TimeSpan.FromSeconds(options.BackOffSeconds),
            known?.RetryAfter,
            RandomNumberGenerator.GetInt32(1000) / 1000.0
        );
        Log.Retried(logger, job.Id, job.UserId, code, job.Attempt, delay.TotalSeconds, exception);
        return Outcome(
            job,
            await PersistAsync(ct => leases.RetryAsync(job.Lease, delay, deferred, code, message, ct)),
            deferred ? "deferred" : "retried"
        );
    }

    private string Outcome(ClaimedJob job, bool written, string outcome)
    {
        if (written)
        {
            return outcome;
        }

        metrics.Lost();
        Log.Fenced(logger, job.Id, outcome);
        return "lost";
    }

    private Task<bool> PersistAsync(Func<CancellationToken, Task<bool>> write) =>
        OutageRetry.RunAsync(write, time, exception => Log.Retrying(logger, exception.Message));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Job {JobId} became a dead letter: {Reason}.")]
        public static partial void Dead(ILogger logger, Guid jobId, string reason, Exception? exception);

        [LoggerMessage(LogLevel.Error, "Job {JobId} ended its process (exit code {ExitCode}) and is set aside as a dead letter.")]
        public static partial void Poison(ILogger logger, Guid jobId, int exitCode);

        [LoggerMessage(LogLevel.Information, "Job {JobId} of user:{UserId} failed: {Code}.")]
        public static partial void Failed(ILogger logger, Guid jobId, Guid userId, string code);

        [LoggerMessage(LogLevel.Error, "Job {JobId} of user:{UserId} became a dead letter after attempt {Attempt}: {Code}.")]
        public static partial void Exhausted(ILogger logger, Guid jobId, Guid userId, string code, int attempt, Exception exception);

        [LoggerMessage(
            LogLevel.Warning,
            "Job {JobId} of user:{UserId} failed with {Code} in attempt {Attempt} and runs again in {Seconds:F1} s."
        )]
        public static partial void Retried(
            ILogger logger,
            Guid jobId,
            Guid userId,
            string code,
            int attempt,
            double seconds,
            Exception exception
        );

        [LoggerMessage(LogLevel.Information, "Job {JobId} ended here as {Outcome}, but its lease was gone: nothing was written.")]
        public static partial void Fenced(ILogger logger, Guid jobId, string outcome);

        [LoggerMessage(LogLevel.Warning, "The database did not take the end of a job ({Reason}); trying again.")]
        public static partial void Retrying(ILogger logger, string reason);
    }
}
