using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Worker.Pump;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Gives the jobs of silent workers to others and wakes postponed jobs, when <see cref="QueuePulse"/> found some.</summary>
internal sealed partial class RescueStuckJobs(
    JobRescue rescue,
    RunningJobs running,
    QueuePulse pulse,
    WakeUp wakeUp,
    ILogger<RescueStuckJobs> logger
) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public Signal Due => pulse.RescueDue;

    public async Task RunAsync(CancellationToken ct)
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
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Workers went silent: {Orphaned} jobs are taken over, {Requeued} are queued again, {Quarantined} are set aside as dead letters."
        )]
        public static partial void Rescued(ILogger logger, int orphaned, int requeued, int quarantined);
    }
}
