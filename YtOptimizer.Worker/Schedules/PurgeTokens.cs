using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Observability.Tracing;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Every hour deletes expired sessions, spent tokens and old counters.</summary>
internal sealed class PurgeTokens(TokenPurge purge, TimeProvider time, ILogger<PurgeTokens> logger) : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("purge tokens");
        await purge.RunAsync(ct);
    }
}
