using YtOptimizer.Core.Observability.Logs;

namespace YtOptimizer.Api.Features.Logs;

internal static class LogsSetup
{
    public static IServiceCollection AddLogsFeature(this IServiceCollection services)
    {
        services.AddStoredLogs();
        services.AddSingleton<LogStore>();
        services.AddHostedService<LogWriterService>();
        return services;
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
