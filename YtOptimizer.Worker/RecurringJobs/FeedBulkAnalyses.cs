using Microsoft.Extensions.Logging;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Brings the next videos of batches into the queue and closes batches that are done, when <see cref="BulkPulse"/> found some.
/// </summary>
internal sealed partial class FeedBulkAnalyses(BulkFeeder feeder, BulkPulse pulse, ILogger<FeedBulkAnalyses> logger) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public Signal Due => pulse.FeedDue;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await feeder.RunAsync(ct) is > 0 and var count)
        {
            Log.Fed(logger, count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Count} videos of batches were queued.")]
        public static partial void Fed(ILogger logger, int count);
    }
}
