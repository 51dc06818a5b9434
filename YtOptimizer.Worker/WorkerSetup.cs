using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults.Health;
using YtOptimizer.Worker.Handlers;
using YtOptimizer.Worker.Pump;
using YtOptimizer.Worker.Schedules;

namespace YtOptimizer.Worker;

/// <summary>Registers everything that claims and runs jobs.</summary>
internal static class WorkerSetup
{
    public static IHostApplicationBuilder AddWorkerServices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IJobHandler, AnalyzeVideo>();
        builder.Services.AddSingleton<RunningJobs>();
        builder.Services.AddSingleton<WakeUp>();
        builder.Services.AddSingleton<JobRunner>();
        builder.Services.AddSingleton<JobEndings>();

        // Stopped in reverse order: first no more claims, then running jobs finish under renewed leases, then what they need goes.
        AddHosted<CompletionBatch>(builder.Services);
        AddHosted<JobListener>(builder.Services);
        AddHosted<RescueStuckJobs>(builder.Services);
        AddHosted<PurgeFinishedJobs>(builder.Services);
        AddHosted<LeaseKeeper>(builder.Services);
        AddHosted<JobPump>(builder.Services);
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<JobOptions>>((host, jobs) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(jobs.Value.GraceSeconds + 8));
        builder.Services.AddServiceHealth<QueueHealth>("queue", critical: true);
        return builder;
    }

    private static void AddHosted<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
