using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Every hour deletes expired sessions, spent tokens and old counters.</summary>
internal sealed class PurgeTokens(TokenPurge purge, TimeProvider time, ILogger<PurgeTokens> logger) : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) => purge.RunAsync(ct);
}
