using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// The same counter in Postgres, for budgets that guard passwords: one row per budget and caller, whose lock puts attempts in order over
/// all instances. Independent of the cache, so FLUSHALL opens nothing.
/// </summary>
internal sealed class PostgresRateCounter(Db db)
{
    internal const string PurgeSql = "DELETE FROM rate_limit_hits WHERE expires_at < now()";

    private const string TakeSql = """
        INSERT INTO rate_limit_hits AS h (key, hits, allowed, expires_at)
        VALUES (@key, ARRAY[clock_timestamp()], true, clock_timestamp() + @window)
        ON CONFLICT (key) DO UPDATE SET (hits, allowed, expires_at) = (
            SELECT CASE WHEN a.used < @limit THEN a.alive || clock_timestamp() ELSE a.alive END, a.used < @limit,
                clock_timestamp() + @window
            FROM (SELECT coalesce(array_agg(hit ORDER BY hit) FILTER (WHERE hit > clock_timestamp() - @window), '{}') AS alive,
                         count(*) FILTER (WHERE hit > clock_timestamp() - @window) AS used
                  FROM unnest(h.hits) AS hit) a)
        RETURNING allowed, cardinality(hits) AS used, greatest(0, extract(epoch
            FROM hits[1] + @window - clock_timestamp()))::float8 AS seconds
        """;

    private const string GiveBackSql =
        "UPDATE rate_limit_hits SET hits = hits[:cardinality(hits) - 1] WHERE key = @key AND cardinality(hits) > 0";

    private sealed record Row(bool Allowed, int Used, double Seconds);

    public async Task<RateDecision> TakeAsync(RateBudget budget, string caller, CancellationToken ct)
    {
        var row = (
            await db.FirstOrDefaultAsync<Row>(
                TakeSql,
                new
                {
                    key = Key(budget, caller),
                    window = budget.Window,
                    limit = budget.Limit,
                },
                ct
            )
        )!;
        return new RateDecision(row.Allowed, row.Used, TimeSpan.FromSeconds(row.Seconds));
    }

    public Task GiveBackAsync(RateBudget budget, string caller, CancellationToken ct) =>
        db.ExecuteAsync(GiveBackSql, new { key = Key(budget, caller) }, ct);

    private static string Key(RateBudget budget, string caller) => $"{budget.Name}:{caller}";
}
