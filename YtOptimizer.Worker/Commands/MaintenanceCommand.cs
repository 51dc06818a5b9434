using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Logs;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>maintenance vacuum|retention|archive</c>: the runbook's monthly chores.</summary>
internal static class MaintenanceCommand
{
    public static Command Create(VerbHost host) =>
        new("maintenance", "Chores of the runbook.") { Vacuum(host), Retention(host), Archive(host) };

    /// <summary>LOG_RETENTION_DAYS, 14 when it is absent.</summary>
    /// <exception cref="FormatException">It is no whole number from 1 to 3650.</exception>
    internal static int RetentionDays(IConfiguration configuration)
    {
        var text = configuration["LOG_RETENTION_DAYS"] ?? configuration["Logs:RetentionDays"];
        return string.IsNullOrWhiteSpace(text) ? 14
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650 ? days
            : throw new FormatException("LOG_RETENTION_DAYS is a whole number from 1 to 3650, for example LOG_RETENTION_DAYS=14");
    }

    private static Command Vacuum(VerbHost host)
    {
        var command = new Command("vacuum", "VACUUM ANALYZE of the whole database, and the largest tables afterwards.");
        host.Run(command, async (_, ct) =>
        {
            await host
                .Error.Status()
                .StartAsync("VACUUM ANALYZE …", async _ =>
                {
                    await using var vacuum = host.Database.CreateCommand("VACUUM ANALYZE");
                    vacuum.CommandTimeout = 0;
                    await vacuum.ExecuteNonQueryAsync(ct);
                });
            var db = new Db(host.Database);
            var table = new Table().AddColumns("Table", "Size", "Live rows", "Dead rows");
            foreach (
                var row in await db.QueryAsync<TableSize>(
                    """
                    SELECT relname AS name, pg_size_pretty(pg_total_relation_size(relid)) AS size, n_live_tup AS live, n_dead_tup AS dead
                    FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 10
                    """,
                    null,
                    ct
                )
            )
            {
                table.AddRow(
                    new Text(row.Name),
                    new Text(row.Size),
                    new Text(row.Live.ToString(CultureInfo.InvariantCulture)),
                    new Text(row.Dead.ToString(CultureInfo.InvariantCulture))
                );
            }

            host.Output.Write(table);
            await new MaintenanceRecord(db).NoteAsync("vacuum", true, "", ct);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Retention(VerbHost host)
    {
        var daysOption = new Option<int?>("--days") { Description = "Days to keep. Default: LOG_RETENTION_DAYS, else 14." };
        var command = new Command("retention", "Deletes old rows of the logs in small batches.") { daysOption };
        host.Run(command, async (parsed, ct) =>
        {
            int days;
            try
            {
                days = parsed.GetValue(daysOption) ?? RetentionDays(host.Services.GetRequiredService<IConfiguration>());
            }
            catch (FormatException e)
            {
                return host.Fail(e.Message);
            }

            if (days is < 1 or > 3650)
            {
                return host.Fail("--days is a whole number from 1 to 3650.");
            }

            var db = new Db(host.Database);
            var deleted = await new LogRetention(db).RunAsync(days, ct);
            foreach (var (name, rows) in deleted)
            {
                host.Output.WriteLine($"{name}: {rows} rows deleted");
            }

            await new MaintenanceRecord(db).NoteAsync("retention", true, $"{deleted.Values.Sum()} rows", ct);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Archive(VerbHost host)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the archive files.",
            DefaultValueFactory = _ => "archive",
        };
        var before = new Option<int>("--older-than-days") { Description = "Age of the rows to write.", DefaultValueFactory = _ => 7 };
        var command = new Command(
            "archive",
            "Writes old log rows to CSV files (gzip), one per log; deletes nothing. Run retention afterwards."
        )
        {
            output,
            before,
        };
        host.Run(command, async (parsed, ct) =>
        {
            if (parsed.GetValue(before) is < 0 or > 3650)
            {
                return host.Fail("--older-than-days is a whole number from 0 to 3650.");
            }

            var files = await LogArchive.WriteAsync(
                host.Database,
                parsed.GetValue(output)!,
                TimeSpan.FromDays(parsed.GetValue(before)),
                TimeProvider.System,
                ct
            );
            foreach (var (path, rows) in files)
            {
                host.Output.WriteLine($"{path}: {rows} rows");
            }

            return CommandLine.Done;
        });
        return command;
    }

    private sealed record TableSize
    {
        public string Name { get; init; } = "";

        public string Size { get; init; } = "";

        public long Live { get; init; }

        public long Dead { get; init; }
    }
}
