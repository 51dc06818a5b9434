using Microsoft.Extensions.Logging;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every hour deletes finished jobs and bulk analyses past their retention, expired keys and forgotten uploads, in small
/// portions.</summary>
internal sealed partial class PurgeFinishedJobs(
    JobRetention retention,
    BulkStore bulk,
    TimeProvider time,
    ILogger<PurgeFinishedJobs> logger
) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("purge finished jobs");
        var total = 0;
        for (int deleted; (deleted = await retention.PurgeBatchAsync(ct) + await bulk.PurgeBatchAsync(ct)) > 0; total += deleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }

        total += await retention.PurgeUploadsAsync(ct);
        if (total > 0)
        {
            Log.Purged(logger, total);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "Purged {Count} finished jobs and batches, expired keys, read notifications and forgotten uploads."
        )]
        public static partial void Purged(ILogger logger, int count);
    }
}
