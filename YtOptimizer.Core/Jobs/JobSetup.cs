using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Jobs;

/// <summary>Registers the queue for producers and workers.</summary>
public static class JobSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobOptions>, Check>());
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

    private sealed class Check : IValidateOptions<JobOptions>
    {
        public ValidateOptionsResult Validate(string? name, JobOptions options) =>
            options.Problems().ToList() is { Count: > 0 } problems
                ? ValidateOptionsResult.Fail(
                    problems.Select(problem =>
                        "Invalid environment variable " + problem.Replace("Jobs:", "Jobs__", StringComparison.Ordinal)
                    )
                )
                : ValidateOptionsResult.Success;
    }
}
