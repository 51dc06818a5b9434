using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Scheduled backups; off without a folder.</summary>
internal sealed class BackupOptions
{
    public const string Section = "Backups";

    [Description("folder for the daily backup, on storage that outlives this machine; without it no backup is scheduled")]
    public string? Directory { get; set; }

    [Description("how many backup files are kept, 2 to 1000")]
    [Range(2, 1000)]
    public int Keep { get; set; } = 14;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Directory);
}
