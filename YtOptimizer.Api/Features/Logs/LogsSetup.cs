using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Api.Features.Logs;

internal static class LogsSetup
{
    public static IServiceCollection AddLogsFeature(this IServiceCollection services)
    {
        services.AddStoredLogs();
        services.AddSingleton<LogStore>();
        services.AddRecurringJob<WriteStoredLogs>();
        return services;
    }
}
