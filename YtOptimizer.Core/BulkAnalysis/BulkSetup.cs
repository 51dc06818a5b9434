using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>Registers bulk analyses for those who start them and those who run them.</summary>
public static class BulkSetup
{
    public static IServiceCollection AddBulk(this IServiceCollection services)
    {
        services.AddValidatedOptions<BulkOptions>(BulkOptions.Section);
        services.TryAddSingleton<BulkStore>();
        services.TryAddSingleton<BulkFeeder>();
        services.TryAddSingleton<BulkCancellation>();
        return services;
    }
}
