using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace YtOptimizer.Core.Observability.Metrics;

public static class DiagnosticsSetup
{
    /// <param name="services">The host's services.</param>
    /// <param name="service">Name of this kind of process: api or worker.</param>
    public static IServiceCollection AddFleetMetrics(this IServiceCollection services, string service)
    {
        services.TryAddSingleton<MetricRegistry>();
        services.TryAddSingleton(provider => MetricIdentity.ForThisProcess(service, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MetricSnapshots>();
        return services;
    }
}
