using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Core.Observability.Logs;

public static class LogsSetup
{
    /// <summary>Stores error records. Needs the fleet's metric identity; the host runs <see cref="WriteStoredLogs"/>.</summary>
    public static IServiceCollection AddStoredLogs(this IServiceCollection services)
    {
        services.TryAddSingleton<LogBuffer>();
        services.TryAddSingleton<LogWriter>();
        services.TryAddSingleton<LogRetention>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, DatabaseLoggerProvider>());
        return services;
    }
}
