using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Usage;

/// <param name="Tier">Plan in force.</param>
/// <param name="Limit">The plan's analyses per period; -1 for no limit.</param>
/// <param name="Used">Charged and reserved analyses of this period.</param>
/// <param name="BonusLeft">Analyses beyond the plan that are left.</param>
/// <param name="Allowed">The plan's and bonuses; -1 for no limit.</param>
/// <param name="PeriodStart">Start of the period, UTC.</param>
/// <param name="PeriodEnd">End of the period, UTC.</param>
public sealed record QuotaUsage(string Tier, int Limit, int Used, int BonusLeft, int Allowed, DateTime PeriodStart, DateTime PeriodEnd);

/// <summary>
/// The plan's ledger. A place is reserved with the job (in job_enqueue), and then charged or refunded exactly once: the state is in the
/// WHERE clause, so a repeated settlement changes nothing.
/// </summary>
public static class QuotaLedger
{
    private const string UsageSql = """
        SELECT p.tier, p.video_limit AS "limit", u.used, u.bonus_left, u.allowed, p.period_start, p.period_end
        FROM plan_state(@userId, clock_timestamp()) p
        CROSS JOIN LATERAL quota_usage(@userId, p.period_start, p.video_limit, clock_timestamp()) u
        """;

    private const string GrantSql = """
        INSERT INTO quota_bonuses (id, user_id, credits, reason, granted_by, expires_at)
        VALUES (@id, @userId, @credits, @reason, @grantedBy, now() + make_interval(days => @days))
        """;

    private const string SettleSql =
        "UPDATE quota_reservations SET state = @state, settled_at = clock_timestamp() WHERE job_id = @jobId AND state = 'reserved'";

    private const string RefundManySql = """
        UPDATE quota_reservations SET state = 'refunded', settled_at = clock_timestamp()
        WHERE job_id = ANY (@jobIds) AND state = 'reserved'
        """;

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

    /// <summary>Jobs that will not run: their places are free again.</summary>
    public static Task RefundAsync(DbScope scope, IReadOnlyCollection<Guid> jobIds)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(RefundManySql, new { jobIds = jobIds.ToArray() });
    }

    /// <summary>What the account has used and may use at this moment.</summary>
    public static async Task<QuotaUsage> ReadAsync(DbScope scope, Guid userId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return (await scope.QueryAsync<QuotaUsage>(UsageSql, new { userId }))[0];
    }

    /// <summary>Gives analyses beyond the plan; <paramref name="days"/> null: without end.</summary>
    public static Task GrantAsync(DbScope scope, Guid id, Guid userId, int credits, string reason, Guid grantedBy, int? days)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(
            GrantSql,
            new
            {
                id,
                userId,
                credits,
                reason,
                grantedBy,
                days,
            }
        );
    }
}
