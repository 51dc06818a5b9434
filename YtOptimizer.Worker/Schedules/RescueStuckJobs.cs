using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Worker.Pump;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Finds the jobs of silent workers, wakes postponed jobs, and reads the queue's figures.</summary>
internal sealed partial class RescueStuckJobs(JobRescue rescue, RunningJobs running, QueueStats stats, WakeUp wakeUp, IOptions<JobOptions> options, TimeProvider time, ILogger<RescueStuckJobs> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds / 2), time, logger)
{
    private static readonly TimeSpan StatsAge = TimeSpan.FromSeconds(5);
    private readonly ILogger<RescueStuckJobs> logger = logger;

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        var result = await rescue.SweepAsync(ct);
        if (result.Orphaned + result.Requeued + result.Quarantined > 0)
        {
            Log.Rescued(logger, result.Orphaned, result.Requeued, result.Quarantined);
        }

        running.OrphansWait = result.Waiting > 0;
        if (result.Requeued + result.Lanes + result.Waiting > 0)
        {
            wakeUp.Set();
        }

        await stats.ReadAsync(StatsAge, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Workers went silent: {Orphaned} jobs are taken over, {Requeued} are queued again, {Quarantined} are set aside as dead letters.")]
        public static partial void Rescued(ILogger logger, int orphaned, int requeued, int quarantined);
    }
}
