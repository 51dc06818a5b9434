using Microsoft.Extensions.Logging;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>Writes the buffered log rows; at the end whatever is left within two seconds. Its own failures go to the console
/// only.</summary>
public sealed partial class WriteStoredLogs(LogWriter writer, TimeProvider time, ILoggerFactory loggers) : IRecurringJob
{
    // A category that is not stored: a failure to write rows must not become a row.
    private readonly ILogger logger = loggers.CreateLogger("YtOptimizer.Core.Observability.Logs");

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public bool RunsAtStart => false;

    public Task RunAsync(CancellationToken ct) => writer.FlushAsync(text => Log.NotWritten(logger, text), ct);

    public async Task FinishAsync()
    {
        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await RunAsync(last.Token);
        }
        catch (OperationCanceledException)
        {
            Log.NotWritten(logger, "Log rows were still waiting for the database when the process ended");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
        public static partial void NotWritten(ILogger logger, string text);
    }
}
