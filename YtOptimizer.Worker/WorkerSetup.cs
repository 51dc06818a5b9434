using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults.Health;
using YtOptimizer.Worker.Handlers;
using YtOptimizer.Worker.Queue;
using YtOptimizer.Worker.RecurringJobs;
using YtOptimizer.Worker.RecurringJobs.Chores;

namespace YtOptimizer.Worker;

/// <summary>What the worker runs, listed by hand: metrics and logs, recurring jobs, the queue.</summary>
internal static class WorkerSetup
{
    public static IHostApplicationBuilder AddWorkerServices(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddObservability(builder);
        builder.AddAccountSchedules();
        AddJobQueue(builder.Services);
        return builder;
    }

    private static void AddObservability(IHostApplicationBuilder builder)
    {
        builder.Services.AddFleetMetrics("worker");
        builder.Services.AddStoredLogs();
        builder.Services.AddRecurringJob<WriteMetricSnapshots>();
        builder.Services.AddRecurringJob<WriteStoredLogs>();
        builder.Services.AddAlerts();
        AddAlertService(builder.Services);
        builder.Services.AddRecurringJob<TelegramCommandService>();
        builder.Services.AddChores();
    }

    internal static void AddAlertService(IServiceCollection services)
    {
        services.AddPulsePart<AlertOutboxPulse>();
        services.AddRecurringJob<AlertService>();
    }

    /// <summary>Everything that claims and runs jobs.</summary>
    internal static void AddJobQueue(IServiceCollection services)
    {
        services.AddSingleton<IJobHandler, AnalyzeVideo>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<DispatchSignal>();
        services.AddPulsePart<QueuePulse>();
        services.AddPulsePart<QueueStatsPulse>();
        services.AddPulsePart<BulkPulse>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobFinalizer>();
        services.AddSingleton<IsolatedJobProcess>();

        // Stopped in reverse order: first no more claims, then running jobs finish under renewed leases, then what they need goes.
        AddHosted<CompletionBatch>(services);
        AddHosted<JobListener>(services);
        services.AddRecurringJob<RescueStuckJobs>();
        services.AddRecurringJob<FeedBulkAnalyses>();
        services.AddRecurringJob<PurgeFinishedJobs>();
        services.AddRecurringJob<PurgeApiData>();
        services.AddRecurringJob<ReconcileLedger>();
        AddHosted<LeaseKeeper>(services);
        AddHosted<JobDispatcher>(services);
        // Read while the host is built: a setting that cannot be read is named later, by the validation at start, with all others.
        services
            .AddOptions<HostOptions>()
            .Configure<IConfiguration>(
                (host, configuration) =>
                    host.ShutdownTimeout = TimeSpan.FromSeconds(
                        8
                            + (
                                double.TryParse(
                                    configuration[$"{JobOptions.Section}:{nameof(JobOptions.GraceSeconds)}"],
                                    CultureInfo.InvariantCulture,
                                    out var grace
                                )
                                    ? grace
                                    : new JobOptions().GraceSeconds
                            )
                    )
            );
        services.AddServiceHealth<QueueHealth>("queue", critical: true);
    }

    private static void AddHosted<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
