// The registrations of the Aspire.StackExchange.Redis package, with its names, signatures and configuration keys, for builds without that package.
using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using global::StackExchange.Redis;

#pragma warning disable IDE0130, MA0048 // the namespaces are Aspire's
namespace Aspire.StackExchange.Redis
{
    /// <summary>Settings of one connection, bound from <c>Aspire:StackExchange:Redis</c> and <c>Aspire:StackExchange:Redis:{name}</c>.</summary>
    public sealed class StackExchangeRedisSettings
    {
        public string? ConnectionString { get; set; }

        public bool DisableHealthChecks { get; set; }

        public bool DisableTracing { get; set; }

        public bool DisableAutoActivation { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    public static class AspireRedisExtensions
    {
        private const string Section = "Aspire:StackExchange:Redis";

        /// <summary>Registers an <see cref="IConnectionMultiplexer"/> (singleton, opened when the host starts).</summary>
        public static void AddRedisClient(
            this IHostApplicationBuilder builder,
            string connectionName,
            Action<StackExchangeRedisSettings>? configureSettings = null,
            Action<ConfigurationOptions>? configureOptions = null) =>
            Add(builder, connectionName, null, configureSettings, configureOptions);

        /// <summary>The same under the service key <paramref name="name"/>, which is also the connection's name.</summary>
        public static void AddKeyedRedisClient(
            this IHostApplicationBuilder builder,
            string name,
            Action<StackExchangeRedisSettings>? configureSettings = null,
            Action<ConfigurationOptions>? configureOptions = null) =>
            Add(builder, name, name, configureSettings, configureOptions);

        private static void Add(
            IHostApplicationBuilder builder, string name, string? key, Action<StackExchangeRedisSettings>? configure, Action<ConfigurationOptions>? configureOptions)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentException.ThrowIfNullOrEmpty(name);
            var settings = Read(builder.Configuration, name, configure);
            if (key is null)
            {
                builder.Services.AddSingleton<IConnectionMultiplexer>(services => Connect(services, name, configure, configureOptions));
            }
            else
            {
                builder.Services.AddKeyedSingleton<IConnectionMultiplexer>(key, (services, _) => Connect(services, name, configure, configureOptions));
            }

            if (!settings.DisableAutoActivation)
            {
                if (key is null)
                {
                    builder.Services.ActivateSingleton<IConnectionMultiplexer>();
                }
                else
                {
                    builder.Services.ActivateKeyedSingleton<IConnectionMultiplexer>(key);
                }
            }

            if (!settings.DisableHealthChecks && builder.Properties.TryAdd("Aspire.HealthChecks." + name, true))
            {
                builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                    key is null ? "StackExchange.Redis" : "StackExchange.Redis_" + key,
                    services => new Ping(key is null ? services.GetRequiredService<IConnectionMultiplexer>() : services.GetRequiredKeyedService<IConnectionMultiplexer>(key)),
                    failureStatus: null,
                    tags: null));
            }
        }

        private static StackExchangeRedisSettings Read(IConfiguration configuration, string name, Action<StackExchangeRedisSettings>? configure)
        {
            var settings = new StackExchangeRedisSettings();
            configuration.GetSection(Section).Bind(settings);
            configuration.GetSection($"{Section}:{name}").Bind(settings);
            if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            {
                settings.ConnectionString = connectionString;
            }

            configure?.Invoke(settings);
            return settings;
        }

        private static ConnectionMultiplexer Connect(
            IServiceProvider services, string name, Action<StackExchangeRedisSettings>? configure, Action<ConfigurationOptions>? configureOptions)
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            var options = ConfigurationOptions.Parse(Read(configuration, name, configure).ConnectionString ?? "");
            options.AbortOnConnectFail = false;
            configuration.GetSection(Section).GetSection(nameof(ConfigurationOptions)).Bind(options);
            configuration.GetSection($"{Section}:{name}").GetSection(nameof(ConfigurationOptions)).Bind(options);
            configureOptions?.Invoke(options);
            options.LoggerFactory ??= services.GetService<ILoggerFactory>();
            if (options.EndPoints.Count == 0)
            {
                throw new InvalidOperationException(
                    $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{name}' or for the '{Section}:ConnectionString' configuration key.");
            }

            return ConnectionMultiplexer.Connect(options);
        }

        private sealed class Ping(IConnectionMultiplexer redis) : IHealthCheck
        {
            public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
            {
                try
                {
                    await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
                    return HealthCheckResult.Healthy();
                }
                catch (RedisException exception)
                {
                    return new HealthCheckResult(context.Registration.FailureStatus, exception: exception);
                }
            }
        }
    }
}
