using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every night deletes what came from YouTube more than 30 days ago. All instances may run it: the work is idempotent.</summary>
internal sealed partial class PurgeApiData(ApiDataRetention retention, TimeProvider time, ILogger<PurgeApiData> logger) : IRecurringJob
{
    /// <summary>03:00 UTC, an hour of little traffic.</summary>
    private const int Hour = 3;

    private DateOnly lastRun;

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        // The first turn after a start also runs: a worker that never lives until night would otherwise never purge.
        if (lastRun == today || (lastRun != default && now.Hour < Hour))
        {
            return;
        }

        using var activity = BackgroundWork.Start("purge api data");
        var count = await retention.PurgeAsync(ct);
        lastRun = today;
        if (count > 0)
        {
            Log.Purged(logger, count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Purged {Count} rows that held data of YouTube older than 30 days.")]
        public static partial void Purged(ILogger logger, int count);
    }
}
