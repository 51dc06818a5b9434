using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.ServiceDefaults.Health;
using YtOptimizer.ServiceDefaults.Hosting;
using YtOptimizer.ServiceDefaults.Logging;

#pragma warning disable IDE0130 // the namespace in which Aspire projects expect these extensions
namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of the application has, web or not.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Settings by their plain names, logs, telemetry, health, service discovery, HTTP resilience, the database and, when one is
    /// configured, the cache. Call it first.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        EnvironmentVariableMapSource.AddTo(builder.Configuration);
        builder.ApplyProcessSettings();
        builder.Services.AddValidatedOptions<ProcessOptions>(ProcessOptions.Section);
        builder.AddLogFormats();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddServers();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.Services.AddSingleton<IHostedService, DrainDelay>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary><c>/health</c>, <c>/health/readiness</c>, <c>/health/liveness</c> and <c>/alive</c>, in every environment.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        HealthEndpoints.Map(app);
        return app;
    }

    private static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy("running"), [ServiceHealth.LiveTag]);
        builder.Services.AddSingleton<DatabaseProbe>();
        builder.Services.AddServiceHealth<DatabaseProbe>("database", critical: true);
        builder.Services.AddServiceHealth<RedisProbe>("redis");
        builder.Services.AddSingleton<HealthMonitor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HealthMonitor>());
    }

    private static void AddServers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServerAddresses>().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerAddresses>, ServerAddresses.Check>();
        var application = builder.Environment.ApplicationName;
        var isExported = YtOptimizer.ServiceDefaults.Telemetry.IsExported(builder.Configuration);
        builder.AddNpgsqlDataSource(ResourceNames.Database, settings =>
        {
            settings.DisableHealthChecks = true;
            settings.DisableTracing = settings.DisableMetrics = !isExported;
            settings.ConnectionString = Address(settings.ConnectionString, application);
        });

        // For LISTEN and migrations; the main address serves when no other is given.
        builder.AddKeyedNpgsqlDataSource(ResourceNames.DatabaseDirect, settings =>
        {
            settings.DisableHealthChecks = true;
            settings.DisableTracing = settings.DisableMetrics = !isExported;
            settings.ConnectionString = Address(
                settings.ConnectionString ?? builder.Configuration.GetConnectionString(ResourceNames.Database),
                application + "-direct"
            )
                is { } address
                ? DatabaseAddress.ForSessions(address)
                : null;
        });
        builder.AddKeyedNpgsqlDataSource(ResourceNames.DatabaseOutageDetector, settings =>
        {
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
            settings.DisableMetrics = !isExported;
            settings.ConnectionString = Address(builder.Configuration.GetConnectionString(ResourceNames.Database), application + "-watch")
                is { } address
                ? DatabaseAddress.ForWatch(address)
                : null;
        });
        if (RedisAddress.Find(builder.Configuration) is { } redis)
        {
            builder.AddRedisClient(
                ResourceNames.Cache,
                settings =>
                {
                    settings.DisableHealthChecks = true;
                    settings.DisableTracing = !isExported;
                    settings.ConnectionString = redis;
                },
                RedisAddress.Harden
            );
        }
    }

    /// <summary>An address that cannot be read is left out: the check at start names it, in better words than a stack trace.</summary>
    private static string? Address(string? address, string application)
    {
        try
        {
            return string.IsNullOrWhiteSpace(address) ? null : DatabaseAddress.Normalize(address, application);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
