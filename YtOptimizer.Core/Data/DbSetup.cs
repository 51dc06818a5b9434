using System.Data;
using System.Net;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Data;

/// <summary>Registers <see cref="Db"/> over the host's data source and Dapper's conventions.</summary>
public static class DbSetup
{
    public static IServiceCollection AddDb(this IServiceCollection services)
    {
        // snake_case columns, PascalCase records.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new AddressHandler());
        services.TryAddSingleton<Db>();
        services.TryAddSingleton<RowCache>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>For processes that run: statements do not wait for a database that went silent.</summary>
    public static IServiceCollection AddDatabaseWatch(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new DatabaseOutageDetector(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetKeyedService<NpgsqlDataSource>(DatabaseOutageDetector.Connection),
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<DatabaseOutageDetector>>() ?? NullLogger<DatabaseOutageDetector>.Instance
        ));
        services.AddRecurringJob<DatabaseOutageDetector>();
        services.AddKeyedSingleton<Func<(TimeSpan Age, TimeSpan Took)?>>(DatabaseOutageDetector.SinceAnswerKey, (provider, _) =>
            () => provider.GetRequiredService<DatabaseOutageDetector>() is { SinceAnswer: { } age } watch ? (age, watch.LastPulse) : null
        );
        return services;
    }

    /// <summary>inet columns; Npgsql maps the type itself.</summary>
    private sealed class AddressHandler : SqlMapper.TypeHandler<IPAddress>
    {
        public override void SetValue(IDbDataParameter parameter, IPAddress? value)
        {
            parameter.Value = (object?)value ?? DBNull.Value;
            ((Npgsql.NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Inet;
        }

        public override IPAddress? Parse(object value) => value as IPAddress;
    }
}
