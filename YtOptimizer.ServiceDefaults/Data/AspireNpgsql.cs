// The registrations of the Aspire.Npgsql package, with its names, signatures and configuration keys, for builds without that package.
using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

#pragma warning disable IDE0130, MA0048 // the namespaces are Aspire's
namespace Aspire.Npgsql
{
    /// <summary>Settings of one connection, bound from <c>Aspire:Npgsql</c> and <c>Aspire:Npgsql:{name}</c>.</summary>
    public sealed class NpgsqlSettings
    {
        public string? ConnectionString { get; set; }

        public bool DisableHealthChecks { get; set; }

        public bool DisableTracing { get; set; }

        public bool DisableMetrics { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    public static class AspirePostgreSqlNpgsqlExtensions
    {
        private const string Section = "Aspire:Npgsql";

        /// <summary>Registers an <see cref="NpgsqlDataSource"/> (singleton) and <see cref="NpgsqlConnection"/> (transient).</summary>
        public static void AddNpgsqlDataSource(
            this IHostApplicationBuilder builder,
            string connectionName,
            Action<NpgsqlSettings>? configureSettings = null,
            Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
            Add(builder, connectionName, null, configureSettings, configureDataSourceBuilder);

        /// <summary>The same under the service key <paramref name="name"/>, which is also the connection's name.</summary>
        public static void AddKeyedNpgsqlDataSource(
            this IHostApplicationBuilder builder,
            string name,
            Action<NpgsqlSettings>? configureSettings = null,
            Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
            Add(builder, name, name, configureSettings, configureDataSourceBuilder);

        private static void Add(
            IHostApplicationBuilder builder, string name, string? key, Action<NpgsqlSettings>? configure, Action<NpgsqlDataSourceBuilder>? configureSource)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentException.ThrowIfNullOrEmpty(name);
            var settings = Read(builder.Configuration, name, configure);
            if (key is null)
            {
                builder.Services.AddSingleton(services => Create(services, name, configure, configureSource));
                builder.Services.AddTransient(services => services.GetRequiredService<NpgsqlDataSource>().CreateConnection());
            }
            else
            {
                builder.Services.AddKeyedSingleton(key, (services, _) => Create(services, name, configure, configureSource));
                builder.Services.AddKeyedTransient(key, (services, _) => services.GetRequiredKeyedService<NpgsqlDataSource>(key).CreateConnection());
            }

            if (!settings.DisableHealthChecks && builder.Properties.TryAdd("Aspire.HealthChecks." + name, true))
            {
                builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                    key is null ? "PostgreSql" : "PostgreSql_" + key,
                    services => new SelectOne(key is null ? services.GetRequiredService<NpgsqlDataSource>() : services.GetRequiredKeyedService<NpgsqlDataSource>(key)),
                    failureStatus: null,
                    tags: null));
            }

            if (!settings.DisableTracing)
            {
                builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Npgsql"));
            }

            if (!settings.DisableMetrics)
            {
                builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
            }
        }

        private static NpgsqlSettings Read(IConfiguration configuration, string name, Action<NpgsqlSettings>? configure)
        {
            var settings = new NpgsqlSettings();
            configuration.GetSection(Section).Bind(settings);
            configuration.GetSection($"{Section}:{name}").Bind(settings);
            if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            {
                settings.ConnectionString = connectionString;
            }

            configure?.Invoke(settings);
            return settings;
        }

        private static NpgsqlDataSource Create(IServiceProvider services, string name, Action<NpgsqlSettings>? configure, Action<NpgsqlDataSourceBuilder>? configureSource)
        {
            var connectionString = Read(services.GetRequiredService<IConfiguration>(), name, configure).ConnectionString;
            if (string.IsNullOrEmpty(connectionString))
            {
                throw new InvalidOperationException(
                    $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{name}' or under the 'ConnectionString' key in '{Section}' configuration section.");
            }

            var builder = new NpgsqlDataSourceBuilder(connectionString);
            builder.UseLoggerFactory(services.GetService<ILoggerFactory>());
            configureSource?.Invoke(builder);
            return builder.Build();
        }

        private sealed class SelectOne(NpgsqlDataSource dataSource) : IHealthCheck
        {
            public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
            {
                try
                {
                    await using var command = dataSource.CreateCommand("SELECT 1;");
                    await command.ExecuteScalarAsync(cancellationToken);
                    return HealthCheckResult.Healthy();
                }
                catch (NpgsqlException exception)
                {
                    return new HealthCheckResult(context.Registration.FailureStatus, exception: exception);
                }
            }
        }
    }
}
