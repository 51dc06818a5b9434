using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using StackExchange.Redis;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>doctor</c>: looks at configuration, connections, migrations, clock, disk and chores, and says what to do.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // How often workers do what they do by themselves.
    private static readonly Dictionary<string, TimeSpan> Intervals = new(StringComparer.Ordinal)
    {
        ["retention"] = TimeSpan.FromDays(1),
        ["fold-metrics"] = TimeSpan.FromDays(1),
        ["audit-chain"] = TimeSpan.FromDays(1),
        ["scheduled-backup"] = TimeSpan.FromDays(1),
        ["scheduled-drill"] = TimeSpan.FromDays(7),
        ["vacuum"] = TimeSpan.FromDays(7),
    };

    private enum Mood
    {
        Good,
        Advice,
        Bad,
    }

    public static Command Create(VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print findings as JSON." };
        var folder = SupabaseFolder.CreateOption();
        var command = new Command("doctor", "Checks the installation and says what to do. Exit code 1 when something is wrong.") { json, folder };
        host.Run(command, async (parsed, ct) =>
        {
            List<Finding> findings = [];
            await AddAsync(findings, "database", () => DatabaseAsync(host, ct));
            await AddAsync(findings, "database rights", () => RightsAsync(host, ct));
            await AddAsync(findings, "migrations", () => MigrationsAsync(host, SupabaseFolder.Find(parsed.GetValue(folder)), ct));
            await AddAsync(findings, "clock", () => ClockAsync(host, ct));
            await AddAsync(findings, "workers", () => WorkersAsync(host, ct));
            await AddAsync(findings, "cache", () => Task.FromResult(Cache(host)));
            await AddAsync(findings, "disk", () => Task.FromResult(Disk()));
            findings.AddRange(Settings(host.Services.GetRequiredService<IConfiguration>(), host.Services.GetRequiredService<AlertChannels>()));
            await AddChoresAsync(findings, host, ct);
            Print(host, findings, parsed.GetValue(json));
            return findings.Any(f => f.Mood == Mood.Bad) ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static async Task<Finding> DatabaseAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand("SELECT current_setting('server_version'), (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections')::int, pg_size_pretty(pg_database_size(current_database()))");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (used, max) = (reader.GetInt64(1), reader.GetInt32(2));
        var text = $"PostgreSQL {reader.GetString(0)}, {used} of {max} connections, {reader.GetString(3)}";
        return used > max * 0.8 ? new("database", Mood.Bad, text + ". Fewer connections: lower the pool size, or put PgBouncer in between (runbook, incident 2).") : new("database", Mood.Good, text);
    }

    /// <summary>Of the connection that API and worker use, not of the direct one.</summary>
    private static async Task<Finding> RightsAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            "SELECT current_user::text, rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass('public.profiles') AND pg_has_role(relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(1)
            ? new("database rights", Mood.Advice, $"{reader.GetString(0)} may change anything, past row security and the append-only rules. Give API and worker a login of their own: docs/SECURITY.md, Database roles.")
            : new("database rights", Mood.Good, $"{reader.GetString(0)} has the application's rights only");
    }

    private static async Task<Finding> MigrationsAsync(VerbHost host, string folder, CancellationToken ct)
    {
        var plan = await Migrator.StatusAsync(host.Database, folder, ct);
        var problems = plan.Problems(includeAll: false);
        var pending = plan.Pending.Count();
        return problems.Count > 0 ? new("migrations", Mood.Bad, string.Join("; ", problems))
            : pending > 0 ? new("migrations", Mood.Bad, $"{pending} pending. Apply them: db push")
            : new("migrations", Mood.Good, $"{plan.States.Count} applied");
    }

    private static async Task<Finding> ClockAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand("SELECT clock_timestamp()");
        var skew = (TimeProvider.System.GetUtcNow() - new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!)).Duration();
        return skew > TimeSpan.FromSeconds(5)
            ? new("clock", Mood.Bad, $"This machine and the database differ by {skew.TotalSeconds:0.0} s; tokens are judged by this clock. Turn on time synchronisation (NTP).")
            : new("clock", Mood.Good, $"{skew.TotalMilliseconds:0} ms from the database's");
    }

    private static async Task<Finding> WorkersAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand("SELECT count(*) FILTER (WHERE service = 'worker'), count(*) FILTER (WHERE service = 'api'), (SELECT count(*) FROM job_queue WHERE status = 'pending' AND scheduled_at < now() - interval '2 minutes') FROM metric_instances WHERE seen_at > now() - interval '20 seconds'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (workers, apis, late) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        return workers == 0 || late > 0
            ? new("workers", workers == 0 ? Mood.Advice : Mood.Bad, $"{workers} workers and {apis} APIs run, {late} jobs wait longer than two minutes. Start a worker, or more of them.")
            : new("workers", Mood.Good, $"{workers} workers and {apis} APIs run, no job is late");
    }

    private static Finding Cache(VerbHost host)
    {
        var redis = host.Services.GetService<IConnectionMultiplexer>();
        return redis is null ? new("cache", Mood.Advice, "No Redis is configured; limits and caches work from PostgreSQL and memory. Set REDIS_URL when several APIs run.")
            : redis.IsConnected ? new("cache", Mood.Good, "Redis answers")
            : new("cache", Mood.Advice, "Redis does not answer; the application goes on without it. Check REDIS_URL.");
    }

    private static Finding Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath(Directory.GetCurrentDirectory()));
        var free = drive.AvailableFreeSpace / (double)(1 << 30);
        return free < 1 ? new("disk", Mood.Bad, $"{free:0.0} GiB free here. Make room: maintenance retention, old backups, uploads.") : new("disk", Mood.Good, $"{free:0} GiB free here");
    }

    private static IEnumerable<Finding> Settings(IConfiguration settings, AlertChannels alerts)
    {
        bool Has(string name) => !string.IsNullOrWhiteSpace(settings[name]);
        yield return Has("JWT_SECRET") || Has("Auth:JwtSecret") ? new("JWT_SECRET", Mood.Good, "set") : new("JWT_SECRET", Mood.Advice, "Not set for this process; the API needs it. Make one: secrets rotate-jwt");
        yield return Has("OPENAI_API_KEY") || Has("OPENAI_BASE_URL") ? new("OpenAI", Mood.Good, "configured") : new("OpenAI", Mood.Advice, "Not configured: suggestions come from the deterministic analyzer alone. Set OPENAI_API_KEY.");
        yield return Has("YOUTUBE_API_KEY") ? new("YouTube", Mood.Good, "configured") : new("YouTube", Mood.Advice, "Not configured: titles come from oEmbed, the rest from what users send. Set YOUTUBE_API_KEY.");
        yield return alerts.Configured.Length > 0 ? new("alerts", Mood.Good, string.Join(", ", alerts.Configured) + ". Try them: alerts test") : new("alerts", Mood.Advice, "Nobody would be told about an incident. Set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID.");
        yield return Has("METRICS_TOKEN") ? new("METRICS_TOKEN", Mood.Good, "set") : new("METRICS_TOKEN", Mood.Advice, "Not set: metrics are for administrators and the private network only.");
    }

    private static async Task AddChoresAsync(List<Finding> findings, VerbHost host, CancellationToken ct)
    {
        try
        {
            var runs = await new MaintenanceRecord(new Db(host.Database)).ListAsync(ct);
            findings.AddRange(runs.Select(Chore));
            if (runs.All(r => !r.Task.EndsWith("backup", StringComparison.Ordinal)))
            {
                findings.Add(new("chore backup", Mood.Advice, "No backup was ever taken with this program: backup, then drill. Set BACKUP_DIR on the workers for one every day."));
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or DatabaseUnavailableException)
        {
            // The finding about the database says it.
        }
    }

    private static Finding Chore(MaintenanceRecord.Run run)
    {
        var text = $"{(run.Succeeded ? "done" : "failed")} {run.FinishedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC {run.Detail}".TrimEnd();
        var age = TimeProvider.System.GetUtcNow().UtcDateTime - run.FinishedAt;
        return !run.Succeeded ? new("chore " + run.Task, Mood.Bad, text)
            : Intervals.TryGetValue(run.Task, out var every) && age > every * 2 ? new("chore " + run.Task, Mood.Bad, text + ". It is overdue: is a worker running, with the same settings as before?")
            : new("chore " + run.Task, Mood.Good, text);
    }

    private static async Task AddAsync(List<Finding> findings, string name, Func<Task<Finding>> look)
    {
        try
        {
            findings.Add(await look().WaitAsync(Patience, TimeProvider.System));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            findings.Add(new(name, Mood.Bad, e is TimeoutException ? "No answer within 5 s." : e.Message));
        }
    }

    private static void Print(VerbHost host, List<Finding> findings, bool json)
    {
        if (json)
        {
            host.Output.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(findings.Select(f => new { f.Name, mood = f.Mood.ToString().ToLowerInvariant(), f.Text }), JsonSerializerOptions.Web));
            return;
        }

        var table = new Table().AddColumns("", "What", "Finding");
        foreach (var finding in findings)
        {
            var (sign, color) = finding.Mood switch { Mood.Good => ("ok", Color.Green), Mood.Advice => ("--", Color.Yellow), _ => ("!!", Color.Red) };
            table.AddRow(new Text(sign, new Style(color)), new Text(finding.Name), new Text(finding.Text));
        }

        host.Output.Write(table);
    }

    private sealed record Finding(string Name, Mood Mood, string Text);
}
