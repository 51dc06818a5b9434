using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Worker.Hosting;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>db status|push|new|pull|repair|reset</c>: the schema of the database, on the ledger that the Supabase CLI uses
/// too.</summary>
internal static partial class DbCommand
{
    public static Command Create(VerbHost host) =>
        new("db", "The database's schema: migrations of supabase/migrations.")
        {
            Status(host),
            Push(host),
            New(host),
            Pull(host),
            Repair(host),
            Reset(host),
        };

    private static Command Status(VerbHost host)
    {
        var folder = SupabaseFolder.CreateOption();
        var check = new Option<bool>("--check") { Description = "Exit with 2 when migrations are pending." };
        var command = new Command("status", "Shows which migrations the database has.") { folder, check };
        host.Run(command, async (parsed, ct) =>
        {
            var plan = await Migrator.StatusAsync(host.Database, SupabaseFolder.Find(parsed.GetValue(folder)), ct);
            var table = new Table().AddColumns("Version", "Name", "State", "Applied (UTC)");
            foreach (var state in plan.States)
            {
                table.AddRow(
                    new Text(state.Version),
                    new Text(state.Name),
                    new Text(
                        Word(state),
                        new Style(
                            state.IsEdited || state.IsMissing ? Color.Red
                            : state.IsPending ? Color.Yellow
                            : Color.Green
                        )
                    ),
                    new Text(state.Applied?.AppliedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "")
                );
            }

            host.Output.Write(table);
            var problems = plan.Problems(includeAll: false);
            var pending = plan.Pending.Count();
            host.Output.WriteLine(pending == 0 ? "No migration is pending." : $"{pending} pending: apply with db push.");
            return problems.Count > 0 ? host.Fail(string.Join(Environment.NewLine, problems))
                : pending > 0 && parsed.GetValue(check) ? CommandLine.ToDo
                : CommandLine.Done;
        });
        return command;
    }

    private static string Word(MigrationState state) =>
        state.IsEdited ? "edited"
        : state.IsMissing ? "file missing"
        : state.IsPending ? "pending"
        : "applied";

    private static Command Push(VerbHost host)
    {
        var folder = SupabaseFolder.CreateOption();
        var all = new Option<bool>("--include-all") { Description = "Also apply files that are older than the newest applied one." };
        var command = new Command("push", "Applies pending migrations. Safe to run from several processes at once.") { folder, all };
        host.Run(command, async (parsed, ct) =>
        {
            var applied = await Migrator.PushAsync(
                host.Database,
                SupabaseFolder.Find(parsed.GetValue(folder)),
                ct,
                parsed.GetValue(all),
                new Printer(file => host.Output.WriteLine("applied " + file))
            );
            await new EmailKeys(new Db(host.Database)).FillAsync(ct);
            if (host.Services.GetRequiredService<IConfiguration>()[ApplicationLogin.PasswordKey] is { Length: > 0 } password)
            {
                await ApplicationLogin.EnsureAsync(host.Database, password, ct);
            }

            host.Output.WriteLine(
                applied.Count == 0 ? "The database is up to date." : $"{applied.Count} applied. The database is up to date."
            );
            return CommandLine.Done;
        });
        return command;
    }

    private static Command New(VerbHost host)
    {
        var folder = SupabaseFolder.CreateOption();
        var name = new Argument<string>("name") { Description = "What the migration does, for example add_video_language." };
        var command = new Command("new", "Creates an empty migration file.") { name, folder };
        host.Run(command, async (parsed, ct) =>
        {
            var slug = NotWord().Replace(parsed.GetValue(name)!.Trim().ToLowerInvariant(), "_").Trim('_');
            if (slug.Length == 0)
            {
                return host.Fail("A name has letters or digits, for example: db new add_video_language");
            }

            var supabase = SupabaseFolder.Find(parsed.GetValue(folder));
            var newest = (await MigrationFile.LoadAsync(supabase, ct)) is [.., var last] ? last.Version : "0";
            var version = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            if (string.CompareOrdinal(version, newest) <= 0)
            {
                // A clock behind, or two files in one second: the new file still comes last.
                version = (long.Parse(newest, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            }

            var path = Path.Combine(supabase, "migrations", $"{version}_{slug}.sql");
            await File.WriteAllTextAsync(path, $"-- {parsed.GetValue(name)!.ReplaceLineEndings(" ")}\n", ct);
            host.Output.WriteLine(path);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Pull(VerbHost host)
    {
        var data = new Option<bool>("--data") { Description = "With the rows, not only the schema." };
        var command = new Command("pull", "Writes the schema as SQL to standard output (needs pg_dump).") { data };
        host.Run(command, (parsed, ct) => PgDump.RunAsync(host, parsed.GetValue(data), ct));
        return command;
    }

    private static Command Repair(VerbHost host)
    {
        var folder = SupabaseFolder.CreateOption();
        var status = new Option<string>("--status")
        {
            Description = "applied: it is in the database although the ledger does not know; reverted: it is not.",
            Required = true,
        };
        status.AcceptOnlyFromAmong("applied", "reverted");
        var versions = new Argument<string[]>("version")
        {
            Description = "Version or name of one or more migrations.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("repair", "Corrects the ledger of migrations; runs no migration.") { status, versions, folder };
        host.Run(command, async (parsed, ct) =>
        {
            foreach (var migration in parsed.GetValue(versions)!)
            {
                var version = await Migrator.RepairAsync(
                    host.Database,
                    SupabaseFolder.Find(parsed.GetValue(folder)),
                    migration,
                    parsed.GetValue(status) == "applied",
                    ct
                );
                host.Output.WriteLine($"{version} is marked as {parsed.GetValue(status)}.");
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static Command Reset(VerbHost host)
    {
        var destroy = new Option<string?>("--yes-destroy")
        {
            Description = "Name of the database whose data may be lost; needed outside Development.",
        };
        var command = new Command("reset", "Empties the database. ALL DATA IS LOST. Follow with db push.") { destroy };
        host.Run(command, async (parsed, ct) =>
        {
            var database = new Npgsql.NpgsqlConnectionStringBuilder(host.Database.ConnectionString).Database!;
            var named = parsed.GetValue(destroy);
            if (named is not null ? named != database : !host.Environment.IsDevelopment())
            {
                return host.Fail(
                    $"Nothing was changed. db reset destroys all data of the database '{database}' ({host.Environment.EnvironmentName}). "
                        + $"To do so: db reset --yes-destroy {database}"
                );
            }

            await SchemaReset.RunAsync(host.Database, ct);
            host.Output.WriteLine($"The database '{database}' is empty. Create its schema with: db push");
            return CommandLine.Done;
        });
        return command;
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex NotWord();

    /// <summary>Prints at once; <see cref="Progress{T}"/> would print later, on another thread.</summary>
    private sealed class Printer(Action<string> print) : IProgress<string>
    {
        public void Report(string value) => print(value);
    }
}
