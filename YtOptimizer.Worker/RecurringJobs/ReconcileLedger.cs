using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every minute closes ledger rows whose process died between the call and its answer: the upper bound counts.</summary>
internal sealed partial class ReconcileLedger(TokenLedger ledger, TimeProvider time, ILogger<ReconcileLedger> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    private readonly ILogger<ReconcileLedger> logger = logger;

    protected override async Task RunOnceAsync(CancellationToken ct)
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
