using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Backups;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>A backup a day into BACKUP_DIR, of which the newest BACKUP_KEEP stay.</summary>
internal sealed class BackupChore(
    [FromKeyedServices(ResourceNames.DatabaseDirect)] NpgsqlDataSource source,
    IOptions<BackupOptions> options,
    TimeProvider time
) : IChore
{
    public string Name => "scheduled-backup";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool IsEnabled => options.Value.IsConfigured;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var folder = options.Value.Directory!;
        Directory.CreateDirectory(folder);
        var path = BackupFiles.NewPath(folder, time.GetUtcNow());
        var manifest = await BackupWriter.WriteAsync(source, path, null, ct);
        var pruned = BackupFiles.Prune(folder, options.Value.Keep);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)}: {manifest.Tables.Sum(t => t.Rows)} rows, {new FileInfo(path).Length / 1024} KiB; {pruned} old "
                + $"files deleted"
        );
    }
}
