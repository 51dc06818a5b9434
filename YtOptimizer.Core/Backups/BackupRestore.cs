using Npgsql;
using YtOptimizer.Core.Migrations;

namespace YtOptimizer.Core.Backups;

/// <summary>Brings a database to the state of a backup: schema of that time, its rows, then the migrations that came later.</summary>
public static class BackupRestore
{
    /// <param name="dataSource">The target; a direct connection.</param>
    /// <param name="path">The archive; verified before anything is changed.</param>
    /// <param name="supabaseDirectory">This program's migrations; they must include those of the archive.</param>
    /// <param name="mayOverwrite">Whether rows of accounts in the target may be replaced.</param>
    /// <param name="progress">Steps for people who watch.</param>
    /// <param name="ct">Stops; the target is then as before or as far as the last migration.</param>
    /// <exception cref="BackupException">Nothing was loaded; the text says why.</exception>
    public static async Task<BackupManifest> RunAsync(
        NpgsqlDataSource dataSource,
        string path,
        string supabaseDirectory,
        bool mayOverwrite,
        IProgress<BackupProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var manifest = await BackupReader.VerifyAsync(path, progress, ct);
        var plan = await Migrator.StatusAsync(dataSource, supabaseDirectory, ct);
        var known = plan.States.Where(s => !s.IsMissing).Select(s => s.Version).ToHashSet(StringComparer.Ordinal);
        if (manifest.Migrations.FirstOrDefault(v => !known.Contains(v)) is { } unknown)
        {
            throw new BackupException(
                $"The backup was taken with migration {unknown}, which this program does not have. Restore it with the version that "
                    + $"wrote it, or a later one."
            );
        }

        var applied = plan.States.Where(s => s.Applied is not null).Select(s => s.Version).ToHashSet(StringComparer.Ordinal);
        if (applied.Count == 0)
        {
            await PushUntilAsync(dataSource, supabaseDirectory, [.. manifest.Migrations], ct);
        }
        else if (!applied.SetEquals(manifest.Migrations))
        {
            throw new BackupException(
                "The database has other migrations than the backup. Restore into an empty database (createdb, or `db reset`), which then "
                    + "gets the backup's schema first."
            );
        }

        if (!mayOverwrite && await HasAccountsAsync(dataSource, ct))
        {
            throw new BackupException(
                "The database already holds accounts, which a restore would replace. Name the database to confirm: restore FILE "
                    + "--yes-overwrite NAME"
            );
        }

        await BackupReader.LoadAsync(dataSource, path, progress, ct);
        await Migrator.PushAsync(dataSource, supabaseDirectory, ct);
        return manifest;
    }

    private static async Task PushUntilAsync(
        NpgsqlDataSource dataSource,
        string supabaseDirectory,
        HashSet<string> versions,
        CancellationToken ct
    )
    {
        var folder = Directory.CreateTempSubdirectory("ytoptimizer-restore-");
        try
        {
            var migrations = folder.CreateSubdirectory("migrations");
            foreach (var file in (await MigrationFile.LoadAsync(supabaseDirectory, ct)).Where(f => versions.Contains(f.Version)))
            {
                File.Copy(Path.Combine(supabaseDirectory, "migrations", file.FileName), Path.Combine(migrations.FullName, file.FileName));
            }

            var local = Path.Combine(supabaseDirectory, "local");
            foreach (var shim in Directory.Exists(local) ? Directory.GetFiles(local) : [])
            {
                File.Copy(shim, Path.Combine(folder.CreateSubdirectory("local").FullName, Path.GetFileName(shim)));
            }

            await Migrator.PushAsync(dataSource, folder.FullName, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> HasAccountsAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("SELECT EXISTS (SELECT 1 FROM profiles)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
