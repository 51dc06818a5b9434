using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>
/// Weekly: vacuums the tables of which a tenth is dead rows, refreshes the planner's statistics of the others that changed, and notes the
/// size. Autovacuum does the same where it is on and keeps up; this is for where it is not.
/// </summary>
internal sealed class VacuumChore([FromKeyedServices(ResourceNames.DatabaseDirect)] NpgsqlDataSource source) : IChore
{
    private const int TimeoutSeconds = 3600;

    private const string TablesSql = """
        SELECT format('%I.%I', s.schemaname, s.relname) AS name, s.n_dead_tup > 1000 AND s.n_dead_tup > s.n_live_tup / 10 AS is_bloated
        FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
        WHERE s.schemaname = 'public' AND pg_has_role(c.relowner, 'USAGE') AND (s.n_dead_tup > 1000 AND s.n_dead_tup > s.n_live_tup / 10
            OR s.n_mod_since_analyze > 100)
        ORDER BY 1
        """;

    public string Name => "vacuum";

    public TimeSpan Every => TimeSpan.FromDays(7);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var db = new Db(source);
        var tables = await db.QueryAsync<Table>(TablesSql, null, ct);
        foreach (var table in tables)
        {
            // Names come from the catalogue, quoted by it. A table that is locked now is left for next week.
            await db.ExecuteAsync(
                $"{(table.IsBloated ? "VACUUM (ANALYZE, SKIP_LOCKED)" : "ANALYZE (SKIP_LOCKED)")} {table.Name}",
                null,
                ct,
                TimeoutSeconds
            );
        }

        var size = await db.ScalarAsync<string>("SELECT pg_size_pretty(pg_database_size(current_database()))", null, ct);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tables.Count(t => t.IsBloated)} tables vacuumed, {tables.Count(t => !t.IsBloated)} analysed, database {size}"
        );
    }

    private sealed record Table
    {
        public string Name { get; init; } = "";

        public bool IsBloated { get; init; }
    }
}
