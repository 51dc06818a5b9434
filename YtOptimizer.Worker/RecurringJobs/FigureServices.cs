using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Keeps this process's figures in the fleet's table.</summary>
internal sealed partial class MetricSnapshotService(MetricSnapshots snapshots, ILogger<MetricSnapshotService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        snapshots.RunAsync(e => Log.NotWritten(logger, e), stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics were not written to the database; the next snapshot covers them")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}

/// <summary>Writes the buffered log rows. Its own failures go to the console only.</summary>
internal sealed partial class LogWriterService(LogWriter writer, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger logger = loggers.CreateLogger("YtOptimizer.Core.Observability.Logs");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        writer.RunAsync(text => Log.NotWritten(logger, text), stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
        public static partial void NotWritten(ILogger logger, string text);
    }
}
