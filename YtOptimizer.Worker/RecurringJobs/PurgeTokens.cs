using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every hour deletes expired sessions, spent tokens and old counters, and gives addresses from elsewhere their normal
/// form.</summary>
internal sealed class PurgeTokens(TokenPurge purge, EmailKeys emailKeys) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("purge tokens");
        await purge.RunAsync(ct);
        await emailKeys.FillAsync(ct);
    }
}
