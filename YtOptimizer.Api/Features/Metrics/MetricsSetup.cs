using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults.Health;

namespace YtOptimizer.Api.Features.Metrics;

internal static class MetricsSetup
{
    public static IServiceCollection AddMetricsFeature(this IServiceCollection services)
    {
        services.AddFleetMetrics("api");
        services.AddAlerts();
        services.AddSingleton<QueueDepthMetrics>();
        services.AddSingleton<MaintenanceRecord>();
        services.AddSingleton<ChoreMetrics>();
        services.AddPulsePart<AlertDeliveryPulse>();
        services.AddServiceHealth<AlertsHealth>("alerts");
        services.AddServiceHealth<OpenAiHealth>("openai");
        services.AddServiceHealth<YouTubeHealth>("youtube");
        services.AddRecurringJob<WriteMetricSnapshots>();
        return services;
    }
}
