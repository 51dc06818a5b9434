using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Migrations;

namespace YtOptimizer.Worker.Commands.Doctor;

/// <summary>The database, and what it knows about clocks, migrations and processes.</summary>
internal static class DatabaseChecks
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(5);

    public static string Unreachable(Exception failure) =>
        $"Failed to connect to database: "
        + $"{(failure is TimeoutException ? "no answer in time" : (failure.GetBaseException().Message.TrimEnd('.')))}. Is the server "
        + $"running, and is DATABASE_URL right (host, port, name, password)? On Supabase: is the project paused? Runbook, incident 2.";

    public static async Task<Finding> ServerAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand(
            "SELECT current_setting('server_version'), (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections')::int, "
                + "pg_size_pretty(pg_database_size(current_database()))"
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (used, max) = (reader.GetInt64(1), reader.GetInt32(2));
        var text = $"PostgreSQL {reader.GetString(0)}, {used} of {max} connections, {reader.GetString(3)}";
        return used > max * 0.8
            ? Finding.Bad("database", text + ". Fewer connections: lower the pool size, or put PgBouncer in between (runbook, incident 2).")
            : Finding.Good("database", text);
    }

    /// <summary>Of the connection that API and worker use, not of the direct one.</summary>
    public static async Task<Finding> RightsAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host
            .Services.GetRequiredService<Npgsql.NpgsqlDataSource>()
            .CreateCommand(
                "SELECT current_user::text, rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE oid = "
                    + "to_regclass('public.profiles') AND pg_has_role(relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
            );
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(1)
            ? Finding.Advice(
                "database rights",
                $"{reader.GetString(0)} may change anything, past row security and the append-only rules. Give API and worker a login of "
                    + $"their own: docs/SECURITY.md, Database roles."
            )
            : Finding.Good("database rights", $"{reader.GetString(0)} has the application's rights only");
    }

    public static async Task<Finding> MigrationsAsync(VerbHost host, string folder, CancellationToken ct)
    {
        var plan = await Migrator.StatusAsync(host.Database, folder, ct);
        var problems = plan.Problems(includeAll: false);
        var pending = plan.Pending.Count();
        return problems.Count > 0 ? Finding.Bad("migrations", string.Join("; ", problems) + ". See db status; runbook, incident 8.")
            : pending > 0 ? Finding.Bad("migrations", $"{pending} pending. Apply them: db push")
            : Finding.Good("migrations", $"{plan.States.Count} applied");
    }

    public static async Task<Finding> ClockAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand("SELECT clock_timestamp()");
        var before = TimeProvider.System.GetUtcNow();
        var there = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!);
        return Clock(there - before, TimeProvider.System.GetUtcNow() - before);
    }

    /// <param name="ahead">By how much the database's clock is ahead of this machine's.</param>
    /// <param name="trip">How long the question took: that much of the difference proves nothing.</param>
    internal static Finding Clock(TimeSpan ahead, TimeSpan trip) =>
        ahead > MostSkew + trip || ahead < -MostSkew
            ? Finding.Bad(
                "clock",
                FormattableString.Invariant(
                    $"This machine and the database differ by {ahead.Duration().TotalSeconds:0.0} s; tokens are judged by this clock. "
                ) + "Turn on time synchronisation (NTP) on both."
            )
            : Finding.Good("clock", FormattableString.Invariant($"{ahead.Duration().TotalMilliseconds:0} ms from the database's"));

    /// <summary>Accounts that nobody can find by their address: another one has the same in normal form. Named by id; addresses are in no
    /// report.</summary>
    public static async Task<Finding> AddressesAsync(VerbHost host, CancellationToken ct)
    {
        var without = await new EmailKeys(new Db(host.Database)).CollisionsAsync(20, ct);
        var taken = without.Where(account => account.Owner is not null).ToList();
        return taken.Count > 0
                ? Finding.Bad(
                    "addresses",
                    "Accounts whose address is the same as another's, written differently; they cannot sign in: "
                        + string.Join(", ", taken.Select(account => $"{account.Id} (as {account.Owner})"))
                        + ". Give each an address of its own, or delete it: PUT or DELETE /api/v1/admin/users/{id}."
                )
            : without.Count > 0
                ? Finding.Advice(
                    "addresses",
                    $"{without.Count} or more accounts wait for the normal form of their address; a worker fills it in within the hour, "
                        + $"db push at once."
                )
            : Finding.Good("addresses", "every account is found by its address");
    }

    public static async Task<Finding> WorkersAsync(VerbHost host, CancellationToken ct)
    {
        await using var command = host.Database.CreateCommand(
            "SELECT count(*) FILTER (WHERE service = 'worker'), count(*) FILTER (WHERE service = 'api'), (SELECT count(*) FROM job_queue "
                + "WHERE status = 'pending' AND scheduled_at < now() - interval '2 minutes') FROM metric_instances WHERE seen_at > now() - "
                + "interval '20 seconds'"
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (workers, apis, late) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        var text = $"{workers} workers and {apis} APIs run, {late} jobs wait longer than two minutes";
        return late > 0 ? Finding.Bad("workers", text + ". Start a worker, or more of them; jobs list-dead shows what gave up.")
            : workers == 0 ? Finding.Advice("workers", text + ". Nothing is analysed and nobody is alerted until a worker runs: start one.")
            : Finding.Good("workers", text);
    }
}
