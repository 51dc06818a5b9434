using System.Globalization;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>The files of scheduled backups in their folder; others in it are left alone.</summary>
internal static class BackupFiles
{
    private const string Prefix = "scheduled-";
    private const string Suffix = ".yto";

    /// <summary>Names sort by time.</summary>
    public static string NewPath(string folder, DateTimeOffset now) =>
        Path.Combine(folder, Prefix + now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>Newest first.</summary>
    public static string[] List(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).OrderByDescending(Path.GetFileName, StringComparer.Ordinal)]
            : [];

    /// <returns>How many files were deleted.</returns>
    public static int Prune(string folder, int keep)
    {
        var old = List(folder);
        foreach (var path in old.Skip(keep))
        {
            File.Delete(path);
        }

        return Math.Max(0, old.Length - keep);
    }
}
