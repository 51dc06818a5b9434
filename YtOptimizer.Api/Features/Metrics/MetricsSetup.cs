using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.ServiceDefaults.Health;

namespace YtOptimizer.Api.Features.Metrics;

internal static class MetricsSetup
{
    public static IServiceCollection AddMetricsFeature(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddFleetMetrics("api");
        services.AddAlerts(configuration);
        services.AddSingleton<QueueFigures>();
        services.AddSingleton<MaintenanceRecord>();
        services.AddSingleton<ChoreFigures>();
        services.AddPulsePart<AlertDeliveryPulse>();
        services.AddServiceHealth<AlertsHealth>("alerts");
        services.AddServiceHealth<OpenAiHealth>("openai");
        services.AddServiceHealth<YouTubeHealth>("youtube");
        services.AddHostedService<MetricSnapshotService>();
        return services;
    }
}

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
