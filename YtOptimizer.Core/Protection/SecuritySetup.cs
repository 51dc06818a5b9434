using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Core.Protection;

public static class SecuritySetup
{
    public static IServiceCollection AddSecurityRecords(this IServiceCollection services)
    {
        services.TryAddSingleton<SecurityEvents>();
        services.TryAddSingleton<AuditChain>();
        services.TryAddSingleton<PasswordSprayDetector>();
        return services;
    }
}
