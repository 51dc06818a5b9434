using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>Registers what <c>/health</c> reports under <c>services</c>.</summary>
public static class ServiceHealth
{
    /// <summary>Tag of checks that appear under <c>services</c>.</summary>
    public const string Tag = "service";

    /// <summary>Tag of services without which the process cannot do its work: their failure is "unhealthy" (503), others' only
    /// "degraded".</summary>
    public const string CriticalTag = "critical";

    /// <summary>Tag of checks that decide whether the process must be restarted.</summary>
    public const string LiveTag = "live";

    /// <summary>Time for one probe.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds a service to the report. The check runs in the background about once a second, within <see cref="Budget"/>; it must honour its
    /// token, should not call paid upstreams (report what was last seen), and its description is public: no host names, no exception texts.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">Name in the report, for example "queue".</param>
    /// <param name="critical">False: a failure only degrades.</param>
    public static IServiceCollection AddServiceHealth<TCheck>(this IServiceCollection services, string name, bool critical = false)
        where TCheck : class, IHealthCheck
    {
        services.AddHealthChecks().AddCheck<TCheck>(name, HealthStatus.Unhealthy, critical ? [Tag, CriticalTag] : [Tag], Budget);
        return services;
    }

    /// <summary>The same from a function.</summary>
    public static IServiceCollection AddServiceHealth(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, CancellationToken, Task<HealthCheckResult>> check,
        bool critical = false
    )
    {
        services
            .AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    name,
                    provider => new Delegated(provider, check),
                    HealthStatus.Unhealthy,
                    critical ? [Tag, CriticalTag] : [Tag],
                    Budget
                )
            );
        return services;
    }

    private sealed class Delegated(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task<HealthCheckResult>> check)
        : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            check(services, cancellationToken);
    }
}
