using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>Unhealthy when the dispatcher stands still; degraded while LISTEN does not work or leases lapse without rescue. Never asks the
/// database itself.</summary>
internal sealed class QueueHealth(
    JobDispatcher dispatcher,
    JobListener listener,
    RunningJobs running,
    QueueStats stats,
    IOptions<JobOptions> options
) : IHealthCheck
{
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(60);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = stats.Last;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["depth"] = last.Pending,
            ["running"] = last.Running,
            ["dead"] = last.Dead,
            ["oldestAgeSeconds"] = Math.Round(last.OldestSeconds, 1),
            ["runningHere"] = running.Count,
            ["listening"] = listener.IsListening,
        };
        var result =
            dispatcher.Idle > StandsStill ? HealthCheckResult.Unhealthy("The worker no longer looks at the queue. Restart it.", data: data)
            : last.LapsedSeconds > options.Value.LeaseSeconds + 30
                ? HealthCheckResult.Degraded("Jobs of a silent worker are not given to another.", data: data)
            : !listener.IsListening
                ? HealthCheckResult.Degraded(
                    "LISTEN does not work, the queue is polled. Set ConnectionStrings:ytoptimizer-direct to the database server itself.",
                    data: data
                )
            : HealthCheckResult.Healthy("The queue is worked on.", data);
        return Task.FromResult(result);
    }
}
