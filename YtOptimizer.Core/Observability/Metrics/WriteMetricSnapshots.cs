using Microsoft.Extensions.Logging;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>Keeps this process's metrics in the fleet's table; once more at the end, so that what the last seconds counted is not
/// lost.</summary>
public sealed partial class WriteMetricSnapshots(MetricSnapshots snapshots, TimeProvider time, ILogger<WriteMetricSnapshots> logger)
    : IRecurringJob
{
    public TimeSpan Interval => MetricSnapshots.Interval;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await snapshots.WriteAsync(ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NotWritten(logger, exception);
        }
    }

    public async Task FinishAsync()
    {
        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await RunAsync(last.Token);
        }
        catch (OperationCanceledException)
        {
            // The database does not answer; the row keeps what the last snapshot said.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics were not written to the database; the next snapshot covers them")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
