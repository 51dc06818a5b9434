using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Observability.Tracing;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every hour deletes expired sessions, spent tokens and old counters, and gives addresses from elsewhere their normal
/// form.</summary>
internal sealed class PurgeTokens(TokenPurge purge, EmailKeys emailKeys, TimeProvider time, ILogger<PurgeTokens> logger)
    : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("purge tokens");
        await purge.RunAsync(ct);
        await emailKeys.FillAsync(ct);
    }
}
