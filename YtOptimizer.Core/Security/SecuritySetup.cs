using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace YtOptimizer.Core.Security;

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
