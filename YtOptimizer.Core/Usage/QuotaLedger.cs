using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Usage;

/// <param name="Tier">Plan in force.</param>
/// <param name="Limit">Analyses per period; -1 for no limit.</param>
/// <param name="Used">Charged and reserved analyses of this period.</param>
/// <param name="PeriodStart">Start of the period, UTC.</param>
/// <param name="PeriodEnd">End of the period, UTC.</param>
public sealed record QuotaUsage(string Tier, int Limit, long Used, DateTime PeriodStart, DateTime PeriodEnd);

/// <summary>
/// The plan's ledger. A place is reserved with the job (in job_enqueue), and then charged or refunded exactly once: the state is in the
/// WHERE clause, so a repeated settlement changes nothing.
/// </summary>
public static class QuotaLedger
{
    private const string UsageSql = """
        SELECT w.tier, w.video_limit AS "limit",
               (SELECT count(*) FROM quota_reservations r WHERE r.user_id = @userId AND r.period_start = w.period_start
                   AND r.state <> 'refunded') AS used,
               w.period_start, w.period_end
        FROM quota_window(@userId, now()) w
        """;

    private const string SettleSql =
        "UPDATE quota_reservations SET state = @state, settled_at = clock_timestamp() WHERE job_id = @jobId AND state = 'reserved'";

    /// <summary>The job's result is stored: its place counts.</summary>
    public static Task ChargeAsync(DbScope scope, Guid jobId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(SettleSql, new { jobId, state = "charged" });
    }

    /// <summary>The job failed or was cancelled: its place is free again.</summary>
    public static Task RefundAsync(DbScope scope, Guid jobId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(SettleSql, new { jobId, state = "refunded" });
    }

    public static async Task<QuotaUsage> ReadAsync(Db db, Guid userId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.QueryAsync<QuotaUsage>(UsageSql, new { userId }, ct))[0];
    }
}
