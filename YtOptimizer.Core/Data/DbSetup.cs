using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace YtOptimizer.Core.Data;

/// <summary>Registers <see cref="Db"/> over the host's data source and Dapper's conventions.</summary>
public static class DbSetup
{
    public static IServiceCollection AddDb(this IServiceCollection services)
    {
        // snake_case columns, PascalCase records.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        services.TryAddSingleton<Db>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
