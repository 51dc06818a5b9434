using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Core.Jobs;

/// <summary>Registers the queue for producers and workers.</summary>
public static class JobSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddValidatedOptions<JobOptions>(JobOptions.Section);
        services.TryAddSingleton<QueueStats>();
        services.TryAddSingleton<QueueMetrics>();
        services.TryAddSingleton<JobSignals>();
        services.TryAddSingleton<JobQueue>();
        services.TryAddSingleton<JobCancellation>();
        services.TryAddSingleton<RefusedJobs>();
        services.TryAddSingleton<JobLeases>();
        services.TryAddSingleton<JobRescue>();
        services.TryAddSingleton<JobRetention>();
        services.TryAddSingleton<DeadLetters>();
        return services;
    }
}
