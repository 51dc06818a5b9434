using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>Claims jobs for the free slots and starts them. Woken by NOTIFY, by a freed slot, and by <see cref="QueuePulse"/>.</summary>
internal sealed partial class JobDispatcher(
    JobLeases leases,
    JobRunner runner,
    RunningJobs running,
    DispatchSignal wakeUp,
    QueuePulse pulse,
    QueueMetrics metrics,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobDispatcher> logger
) : BackgroundService
{
    // A failing database is asked again after this long, so that it is not stormed when it returns.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The pulse looks every second; this is for a process whose pulse has stopped.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly JobOptions options = options.Value;
    private long lastTurn = time.GetTimestamp();

    /// <summary>Time since the dispatcher last looked at the queue: liveness.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref lastTurn));

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref lastTurn, time.GetTimestamp());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        pulse.OnClaimDue = wakeUp.Set;
        Log.Started(logger, running.WorkerId, options.Concurrency);
        while (!stoppingToken.IsCancellationRequested)
        {
            Volatile.Write(ref lastTurn, time.GetTimestamp());
            var free = options.Concurrency - running.Count;
            var claimed = 0;
            try
            {
                claimed = free > 0 ? await ClaimAsync(free, stoppingToken) : 0;
                if (claimed < free || free == 0)
                {
                    await wakeUp.WaitAsync(LongestWait, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.ClaimFailed(logger, exception.Message, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> ClaimAsync(int free, CancellationToken stoppingToken)
    {
        var taken = running.OrphansWait ? await TakeOverAsync(free, stoppingToken) : 0;
        if (taken == free)
        {
            return taken;
        }

        // Not cancelled by a stop: a claim that the database has made must be run or released, not forgotten.
        return taken
            + Start(await leases.ClaimAsync(running.WorkerId, free - taken, FreeForSuspects, CancellationToken.None), stoppingToken);
    }

    /// <summary>Jobs of silent workers come first, until there are none.</summary>
    private async Task<int> TakeOverAsync(int free, CancellationToken stoppingToken)
    {
        var taken = Start(await leases.TakeOverAsync(running.WorkerId, free, FreeForSuspects, CancellationToken.None), stoppingToken);
        running.OrphansWait = taken == free;
        return taken;
    }

    // Each suspect costs a process.
    private int FreeForSuspects => Math.Max(0, Math.Max(1, options.Concurrency / 2) - running.Suspects);

    private int Start(IReadOnlyList<ClaimedJob> jobs, CancellationToken stoppingToken)
    {
        foreach (var job in jobs)
        {
            metrics.Claimed(job);
            runner.Start(job, stoppingToken.IsCancellationRequested);
        }

        return jobs.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Worker {Worker} takes up to {Concurrency} jobs at once.")]
        public static partial void Started(ILogger logger, string worker, int concurrency);

        [LoggerMessage(LogLevel.Error, "No jobs could be claimed from the database: {Reason} The worker tries again every second.")]
        public static partial void ClaimFailed(ILogger logger, string reason, Exception exception);
    }
}
