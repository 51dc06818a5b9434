using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Data.Pulse;

public static class PulseSetup
{
    /// <summary>Registers the pulse of the process. Repeatable.</summary>
    public static IServiceCollection AddDatabasePulse(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(DatabasePulse)))
        {
            return services;
        }

        services.AddSingleton(provider => new DatabasePulse(
            provider.GetServices<PulsePart>(),
            provider.GetKeyedService<NpgsqlDataSource>(DatabaseOutageDetector.Connection)
                ?? provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetService<DatabaseOutageDetector>(),
            // Leases, revocations and outages are about real seconds, whatever clock the product's rules are given.
            TimeProvider.System,
            provider.GetRequiredService<ILogger<DatabasePulse>>()
        ));
        return services.AddRecurringJob<DatabasePulse>(TimeProvider.System);
    }

    /// <summary>A part, also available under its own type.</summary>
    public static IServiceCollection AddPulsePart<TPart>(this IServiceCollection services)
        where TPart : PulsePart
    {
        services.TryAddSingleton<TPart>();
        services.AddSingleton<PulsePart>(provider => provider.GetRequiredService<TPart>());
        return services.AddDatabasePulse();
    }
}
