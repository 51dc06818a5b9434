using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using YtOptimizer.Core.Backups;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Worker.Hosting;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>backup</c>, <c>restore</c> and <c>drill</c>: all rows in one verified archive, back again, and the proof that it
/// works.</summary>
internal static class BackupCommand
{
    public static Command CreateBackup(VerbHost host)
    {
        var output = new Option<string?>("--output", "-o")
        {
            Description = "File to write. Default: backup-<database>-<UTC time>.yto in BACKUP_DIR, else in this folder.",
        };
        var command = new Command(
            "backup",
            "Writes all rows, as of one moment, into one archive (owner-only rights: it holds password hashes)."
        )
        {
            output,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var database = new Npgsql.NpgsqlConnectionStringBuilder(host.Database.ConnectionString).Database;
            var path = parsed.GetValue(output)
                ?? Path.Combine(
                    Folder(host),
                    $"backup-{database}-{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.yto"
                );
            var manifest = await WithProgressAsync(host, "backup", progress => BackupWriter.WriteAsync(host.Database, path, progress, ct));
            host.Output.WriteLine(
                $"{path}: {manifest.Tables.Sum(t => t.Rows)} rows of {manifest.Tables.Count} tables, "
                    + $"{new FileInfo(path).Length / 1024} KiB."
            );
            host.Output.WriteLine($"Prove that it can be restored: drill {path}");
            await new MaintenanceRecord(host.Services.GetRequiredService<Db>()).NoteAsync("backup", true, Path.GetFileName(path), ct);
            return CommandLine.Done;
        });
        return command;
    }

    // As for the daily backup of workers: made when it is missing, for the owner alone.
    private static string Folder(VerbHost host)
    {
        if (host.Services.GetRequiredService<IConfiguration>()["Backups:Directory"] is not { Length: > 0 } folder)
        {
            return "";
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    public static Command CreateRestore(VerbHost host)
    {
        var file = new Argument<string>("file") { Description = "The archive that backup wrote." };
        var folder = SupabaseFolder.CreateOption();
        var overwrite = new Option<string?>("--yes-overwrite")
        {
            Description = "Name of the database whose rows may be replaced; needed when it holds accounts.",
        };
        var command = new Command("restore", "Brings the configured database to the state of a backup. Stop the application first.")
        {
            file,
            overwrite,
            folder,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var database = new Npgsql.NpgsqlConnectionStringBuilder(host.Database.ConnectionString).Database!;
            if (parsed.GetValue(overwrite) is { } named && named != database)
            {
                return host.Fail($"Nothing was changed: the configured database is '{database}', not '{named}'.");
            }

            var manifest = await WithProgressAsync(host, "restore", progress =>
                BackupRestore.RunAsync(
                    host.Database,
                    parsed.GetValue(file)!,
                    SupabaseFolder.Find(parsed.GetValue(folder)),
                    parsed.GetValue(overwrite) is not null,
                    progress,
                    ct
                )
            );
            host.Output.WriteLine(
                $"'{database}' holds the {manifest.Tables.Sum(t => t.Rows)} rows of {manifest.TakenAt:yyyy-MM-dd HH:mm:ss} UTC. Sessions "
                    + $"of that time are valid again; to end them all, change JWT_SECRET: secrets rotate-jwt"
            );
            return CommandLine.Done;
        });
        return command;
    }

    public static Command CreateDrill(VerbHost host)
    {
        var file = new Argument<string?>("file")
        {
            Description = "The archive. Without one a fresh backup is taken and tested.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folder = SupabaseFolder.CreateOption();
        var command = new Command("drill", "Restores a backup into a scratch database, checks it, prints RTO and RPO, and drops it again.")
        {
            file,
            folder,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var temporary = parsed.GetValue(file) is null ? Path.Combine(Path.GetTempPath(), $"drill-{Guid.CreateVersion7():N}.yto") : null;
            try
            {
                if (temporary is not null)
                {
                    await WithProgressAsync(host, "backup", progress => BackupWriter.WriteAsync(host.Database, temporary, progress, ct));
                }

                var report = await WithProgressAsync(host, "drill", progress =>
                    BackupDrill.RunAsync(
                        Address(host),
                        temporary ?? parsed.GetValue(file)!,
                        SupabaseFolder.Find(parsed.GetValue(folder)),
                        progress,
                        TimeProvider.System,
                        ct
                    )
                );
                Print(host, report);
                await new MaintenanceRecord(host.Services.GetRequiredService<Db>()).NoteAsync(
                    "drill",
                    report.Passed,
                    $"RTO {report.RecoveryTime.TotalSeconds:0} s",
                    ct
                );
                return report.Passed
                    ? CommandLine.Done
                    : host.Fail("The drill failed. This backup would not bring the service back; take a new one and drill it.");
            }
            finally
            {
                if (temporary is not null)
                {
                    File.Delete(temporary);
                }
            }
        });
        return command;
    }

    private static void Print(VerbHost host, DrillReport report)
    {
        var table = new Table().AddColumns("Check", "Result", "Detail");
        foreach (var check in report.Checks)
        {
            table.AddRow(
                new Text(check.Name),
                new Text(check.Passed ? "passed" : "FAILED", new Style(check.Passed ? Color.Green : Color.Red)),
                new Text(check.Detail)
            );
        }

        host.Output.Write(table);
        host.Output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"RTO {report.RecoveryTime.TotalSeconds:0.0} s   RPO {report.RecoveryPoint.TotalMinutes:0.0} min (age of the backup)"
            )
        );
    }

    private static string Address(VerbHost host)
    {
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        return DatabaseAddress.Normalize(
            configuration.GetConnectionString(ResourceNames.DatabaseDirect) ?? configuration.GetConnectionString(ResourceNames.Database)!
        );
    }

    private static Task<T> WithProgressAsync<T>(VerbHost host, string title, Func<IProgress<BackupProgress>, Task<T>> work) =>
        host.Error.Progress().AutoClear(true).StartAsync(context => work(new Bar(context.AddTask(title), title)));

    private sealed class Bar(ProgressTask task, string title) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
            task.Description = $"{title}: {value.Step}".EscapeMarkup();
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
        }
    }
}
