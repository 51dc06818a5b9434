using System.Globalization;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Weekly: what grows, what is slow and what is not used in the database, in one line.</summary>
internal sealed class WeeklyReviewChore(Db db) : IChore
{
    private const int LongestStatement = 120;

    private const string SizesSql = """
        SELECT pg_size_pretty(pg_database_size(current_database())) AS database,
               (SELECT string_agg(relname || ' ' || pg_size_pretty(size), ', ' ORDER BY size DESC) FROM (
                   SELECT relname::text, pg_total_relation_size(relid) AS size FROM pg_stat_user_tables WHERE schemaname = 'public'
                       ORDER BY 2 DESC LIMIT 3) t) AS largest,
               (SELECT count(*) FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid) WHERE s.schemaname = 'public'
                   AND s.idx_scan = 0 AND NOT i.indisunique) AS unused,
               coalesce(has_table_privilege(to_regclass('pg_stat_statements'), 'SELECT'), false) AS has_statements
        """;

    // Statements are normalised by the extension: they hold no values.
    private const string SlowestSql = """
        SELECT round(mean_exec_time::numeric, 1) || ' ms x ' || calls || ': ' || left(regexp_replace(query, '\s+', ' ', 'g'), @length)
        FROM pg_stat_statements WHERE calls >= 20 AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        ORDER BY mean_exec_time DESC LIMIT 1
        """;

    public string Name => "weekly-review";

    public TimeSpan Every => TimeSpan.FromDays(7);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var sizes = await db.FirstOrDefaultAsync<Sizes>(SizesSql, null, ct) ?? new Sizes();
        var slowest = sizes.HasStatements ? await SlowestAsync(ct) : "needs the extension pg_stat_statements and the right to read it";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"database {sizes.Database}; largest: {sizes.Largest}; {sizes.Unused} indexes not used; slowest statement: {slowest}"
        );
    }

    private async Task<string> SlowestAsync(CancellationToken ct)
    {
        try
        {
            return await db.ScalarAsync<string>(SlowestSql, new { length = LongestStatement }, ct) ?? "none yet";
        }
        catch (Npgsql.PostgresException e)
            when (e.SqlState
                    is Npgsql.PostgresErrorCodes.ObjectNotInPrerequisiteState
                        or Npgsql.PostgresErrorCodes.UndefinedTable
                        or Npgsql.PostgresErrorCodes.InsufficientPrivilege
            )
        {
            return "needs pg_stat_statements in shared_preload_libraries";
        }
    }

    private sealed record Sizes
    {
        public string Database { get; init; } = "";

        public string Largest { get; init; } = "";

        public long Unused { get; init; }

        public bool HasStatements { get; init; }
    }
}
