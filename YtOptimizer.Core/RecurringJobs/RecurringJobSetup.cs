using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Core.RecurringJobs;

public static class RecurringJobSetup
{
    /// <summary>Runs the job in this process, under its own type also for others. Jobs stop in the reverse order of their
    /// registration. Repeatable.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="time">A clock other than the host's.</param>
    public static IServiceCollection AddRecurringJob<TJob>(this IServiceCollection services, TimeProvider? time = null)
        where TJob : class, IRecurringJob
    {
        services.TryAddSingleton<TJob>();
        return services.AddHostedService(provider => new HostOf<TJob>(
            provider.GetRequiredService<TJob>(),
            time ?? provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TJob>>()
        ));
    }

    // A type per job: the container keeps one hosted service of each type.
    private sealed class HostOf<TJob>(TJob job, TimeProvider time, ILogger<TJob> logger) : RecurringJobHost(job, time, logger)
        where TJob : class, IRecurringJob;
}
