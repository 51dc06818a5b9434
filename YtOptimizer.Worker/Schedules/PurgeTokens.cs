using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Every hour deletes expired sessions, spent tokens and old counters, and gives addresses from elsewhere their normal form.</summary>
internal sealed class PurgeTokens(TokenPurge purge, EmailKeys emailKeys, TimeProvider time, ILogger<PurgeTokens> logger) : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) =>
        Task.WhenAll(purge.RunAsync(ct), emailKeys.FillAsync(ct));
}
