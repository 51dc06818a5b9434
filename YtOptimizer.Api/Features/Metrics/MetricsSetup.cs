using YtOptimizer.Core.Diagnostics;

namespace YtOptimizer.Api.Features.Metrics;

internal static class MetricsSetup
{
    public static IServiceCollection AddMetricsFeature(this IServiceCollection services)
    {
        services.AddFleetMetrics("api");
        services.AddSingleton<QueueFigures>();
        services.AddHostedService<MetricSnapshotService>();
        return services;
    }
}

/// <summary>Keeps this process's figures in the fleet's table.</summary>
internal sealed partial class MetricSnapshotService(MetricSnapshots snapshots, ILogger<MetricSnapshotService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => snapshots.RunAsync(e => Log.NotWritten(logger, e), stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics were not written to the database; the next snapshot covers them")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
