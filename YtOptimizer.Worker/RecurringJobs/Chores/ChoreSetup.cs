using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

internal static class ChoreSetup
{
    /// <summary>The fleet's daily and weekly chores, in the order in which they run when several are due.</summary>
    public static IServiceCollection AddChores(this IServiceCollection services)
    {
        services.AddValidatedOptions<LogOptions>(LogOptions.Section);
        services.AddValidatedOptions<BackupOptions>(BackupOptions.Section);
        services.AddSingleton<MaintenanceRecord>();
        services.AddSingleton<RetiredMetrics>();
        services.AddSingleton<IChore, LogRetentionChore>();
        services.AddSingleton<IChore, FoldMetricsChore>();
        services.AddSingleton<IChore, AuditChainChore>();
        services.AddSingleton<IChore, BackupChore>();
        services.AddSingleton<IChore, DrillChore>();
        services.AddSingleton<IChore, VacuumChore>();
        services.AddSingleton<IChore, WeeklyReviewChore>();
        services.AddSingleton<IChore, DailyReviewChore>();
        services.AddRecurringJob<ChoreService>();
        return services;
    }
}
