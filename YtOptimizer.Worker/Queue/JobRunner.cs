using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Worker.Queue;

/// <summary>Runs one claimed job and writes how it ended. Nothing escapes: a job's failure is the job's.</summary>
internal sealed partial class JobRunner(
    RunningJobs running,
    DispatchSignal wakeUp,
    JobLeases leases,
    JobFinalizer endings,
    IsolatedJobProcess suspects,
    IEnumerable<IJobHandler> handlers,
    QueueMetrics metrics,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobRunner> logger
)
{
    private readonly Dictionary<string, IJobHandler> handlers = handlers
        .SelectMany(handler => handler.JobTypes.Select(type => (type, handler)))
        .ToDictionary(pair => pair.type, pair => pair.handler, StringComparer.Ordinal);
    private readonly JobOptions options = options.Value;

    /// <summary>Starts the job on the thread pool; <see cref="RunningJobs"/> knows it before this returns.</summary>
    public void Start(ClaimedJob job, bool isStopping)
    {
        // The owner of the token source is the running job, disposed when it ends.
        var entry = new RunningJob(job, new CancellationTokenSource(TimeSpan.FromSeconds(options.MaxRunSeconds), time));
        running.Add(entry);
        if (isStopping)
        {
            entry.Stop(StopReason.Shutdown);
        }

        _ = Task.Run(() => RunClaimedAsync(entry), CancellationToken.None);
    }

    /// <summary>Runs a job whose lease another process renews, and returns its outcome. Throws when no end could be written.</summary>
    public async Task<string> RunIsolatedAsync(ClaimedJob job, Action onSaving)
    {
        using var entry = new RunningJob(job, new CancellationTokenSource(), onSaving);
        var started = time.GetTimestamp();
        using var activity = JobTelemetry.StartProcess(job);
        using var scope = StartScope(job);
        var outcome = await ExecuteAsync(entry, job, isIsolated: true);
        JobTelemetry.Finish(activity, job, outcome, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task RunClaimedAsync(RunningJob entry)
    {
        var job = entry.Job;
        var started = time.GetTimestamp();
        var outcome = "failed";
        using var activity = JobTelemetry.StartProcess(job);
        using var scope = StartScope(job);
        try
        {
            outcome = await ExecuteAsync(entry, job, isIsolated: false);
        }
        catch (Exception exception)
        {
            // Nothing could be written within the time that the endings give themselves; the lease lapses and another attempt follows.
            Log.NotRecorded(logger, job.Id, exception);
        }
        finally
        {
            running.Remove(entry);
            entry.Dispose();
            wakeUp.Set();
            metrics.Finished(job.JobType, outcome, time.GetElapsedTime(started));
            JobTelemetry.Finish(activity, job, outcome, time.GetElapsedTime(started));
        }
    }

    private async Task<string> ExecuteAsync(RunningJob entry, ClaimedJob job, bool isIsolated)
    {
        if (!handlers.TryGetValue(job.JobType, out var handler))
        {
            return await endings.DeadAsync(
                job,
                DeadReason.UnknownJobType,
                $"No worker knows jobs of type '{job.JobType}'. Start it again once a newer worker runs.",
                null
            );
        }

        try
        {
            entry.Stopping.ThrowIfCancellationRequested();
            if (job.IsSuspect && !isIsolated)
            {
                return await suspects.RunAsync(entry);
            }

            await using var progress = new ProgressWriter(leases, job.Lease, logger, entry.Stopping);
            var result = await handler.RunAsync(job, progress, entry.Stopping);
            await progress.FlushAsync();
            entry.BeginSaving();
            using var saving = JobTelemetry.StartStage("save");
            return await endings.CompletedAsync(job, result);
        }
        catch (Exception exception) when (entry.IsSaving && OutageRetry.IsOutage(exception))
        {
            // Done, but the database took no end for a minute: the lease lapses and the job runs again.
            throw;
        }
        catch (Exception) when (entry.Reason == StopReason.LeaseLost)
        {
            metrics.Lost();
            return "lost";
        }
        catch (Exception) when (entry.Reason == StopReason.Shutdown && entry.Stopping.IsCancellationRequested)
        {
            return await endings.ReleasedAsync(job);
        }
        catch (OperationCanceledException) when (entry.Stopping.IsCancellationRequested)
        {
            entry.BeginSaving();
            return await endings.FailedAsync(
                job,
                new AnalysisException("timed_out", "The analysis took too long and was stopped.", isTransient: true)
            );
        }
        catch (UnreadablePayloadException exception)
        {
            entry.BeginSaving();
            return await endings.DeadAsync(job, DeadReason.UnreadablePayload, exception.Message, exception);
        }
        catch (JsonException exception)
        {
            entry.BeginSaving();
            return await endings.DeadAsync(job, DeadReason.UnreadablePayload, "The job's payload cannot be read.", exception);
        }
        catch (Exception exception)
        {
            entry.BeginSaving();
            return await endings.FailedAsync(job, exception);
        }
    }

    private IDisposable? StartScope(ClaimedJob job) =>
        logger.BeginScope(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["jobId"] = job.Id,
                ["userId"] = job.UserId,
                ["correlationId"] = job.CorrelationId,
            }
        );

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The end of job {JobId} could not be recorded; it runs again when its lease lapses.")]
        public static partial void NotRecorded(ILogger logger, Guid jobId, Exception exception);
    }
}
