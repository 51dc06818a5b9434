using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>The queue as the API sees it: degraded when jobs wait and nobody works, or when it is nearly full.</summary>
internal sealed class QueueHealth(QueueStats stats, IOptions<JobOptions> options) : IHealthCheck
{
    private const double LongestWaitSeconds = 120;

    /// <summary>Read along with the pulse; asked for here only when that stands still.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var queue = await stats.ReadAsync(MaxAge, cancellationToken);
        var text = $"{queue.Pending} waiting, {queue.Running} running, oldest {queue.OldestSeconds:F0} s";
        return queue.LapsedSeconds > options.Value.LeaseSeconds + 30 || (queue.OldestSeconds > LongestWaitSeconds && queue.Running == 0)
                ? HealthCheckResult.Degraded($"{text}: no worker takes jobs, start one")
            : options.Value.GlobalDepth > 0 && queue.Pending * 10 > options.Value.GlobalDepth * 9L
                ? HealthCheckResult.Degraded($"{text}: nearly full, start more workers")
            : HealthCheckResult.Healthy(text);
    }
}
