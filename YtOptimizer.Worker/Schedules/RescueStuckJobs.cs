using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Worker.Pump;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Gives the jobs of silent workers to others, wakes postponed jobs, and reads the queue's figures.</summary>
internal sealed partial class RescueStuckJobs(JobRescue rescue, QueueStats stats, WakeUp wakeUp, IOptions<JobOptions> options, TimeProvider time, ILogger<RescueStuckJobs> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds / 2), time, logger)
{
    private static readonly TimeSpan StatsAge = TimeSpan.FromSeconds(5);
    private readonly ILogger<RescueStuckJobs> logger = logger;

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        var result = await rescue.RunAsync(ct);
        if (result.Requeued + result.Quarantined > 0)
        {
            Log.Rescued(logger, result.Requeued, result.Quarantined);
        }

        if (result.Requeued + result.Lanes > 0)
        {
            wakeUp.Set();
        }

        await stats.ReadAsync(StatsAge, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Workers went silent: {Requeued} jobs are queued again, {Quarantined} are set aside as dead letters.")]
        public static partial void Rescued(ILogger logger, int requeued, int quarantined);
    }
}
