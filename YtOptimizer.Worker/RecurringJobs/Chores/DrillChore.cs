using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Backups;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Worker.Hosting;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Every week restores the newest scheduled backup into a scratch database: a backup that was never restored is none.</summary>
internal sealed class DrillChore(IConfiguration configuration, IOptions<BackupOptions> options, TimeProvider time) : IChore
{
    public string Name => "scheduled-drill";

    public TimeSpan Every => TimeSpan.FromDays(7);

    /// <summary>The first backup comes first; and without a common folder, whoever has one drills it.</summary>
    public bool IsEnabled => options.Value.IsConfigured && BackupFiles.List(options.Value.Directory!).Length > 0;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var newest = BackupFiles.List(options.Value.Directory!).FirstOrDefault()
            ?? throw new ChoreFailedException("BACKUP_DIR holds no backup on this machine. Give all workers the same folder.");
        var address = DatabaseAddress.Normalize(
            configuration.GetConnectionString(ResourceNames.DatabaseDirect) ?? configuration.GetConnectionString(ResourceNames.Database)!
        );
        var report = await BackupDrill.RunAsync(address, newest, SupabaseFolder.Find(null), null, time, ct);
        return report.Passed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(newest)}: RTO {report.RecoveryTime.TotalSeconds:0.0} s, RPO {report.RecoveryPoint.TotalHours:0.0} h"
            )
            : throw new ChoreFailedException(
                $"{Path.GetFileName(newest)} would not bring the service back: "
                    + $"{string.Join("; ", report.Checks.Where(c => !c.Passed).Select(c => $"{c.Name}: {c.Detail}"))}"
            );
    }
}
