using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace YtOptimizer.Core.Jobs;

/// <summary>Registers the queue for producers and workers.</summary>
public static class JobSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section)
            .Validate(options => !options.Problems().Any(), "Section Jobs (environment Jobs__…) holds a value that cannot work; see docs for the limits.").ValidateOnStart();
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
