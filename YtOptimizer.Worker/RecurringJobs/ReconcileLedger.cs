using Microsoft.Extensions.Logging;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every minute closes ledger rows whose process died between the call and its answer: the upper bound counts.</summary>
internal sealed partial class ReconcileLedger(TokenLedger ledger, ILogger<ReconcileLedger> logger) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await ledger.ReconcileAsync(ct) is > 0 and var count)
        {
            Log.Reconciled(logger, count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} model calls of dead processes count with their upper bound.")]
        public static partial void Reconciled(ILogger logger, int count);
    }
}
