using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Auditing;

/// <summary>
/// Finds guessing that single lockouts do not see: one address (of IPv6, one /64) that tries many accounts, and failures far above the
/// usual from many addresses. A failure names the account it tried by a keyed digest, so accounts that do not exist count too. Each finding
/// is one event per half hour, whatever its size and however many instances look: the insert itself checks for its twin under a lock.
/// </summary>
public sealed class PasswordSprayDetector(Db db)
{
    /// <summary>Accounts tried in vain from one address within ten minutes that make a spray, below the sign-in budget, so that it is seen
    /// before the budget ends it.</summary>
    public const int PerAddress = 8;

    /// <summary>Distinct addresses with failures within ten minutes, at three times the hourly average of the last day.</summary>
    public const int Addresses = 50;

    // A statement of its own: one that waits for the lock would look at the rows as they were before the wait.
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtext('password-spray'))";

    // Finding and writing are one statement: its condition sees the twin that another instance wrote before this one got the lock.
    private const string Sql = """
        WITH recent AS MATERIALIZED (
            SELECT CASE WHEN family(ip_address) = 6 THEN network(set_masklen(ip_address, 64))::inet ELSE ip_address END AS ip_address,
                   coalesce(metadata->>'account', user_id::text, id::text) AS account
            FROM security_events WHERE event_type = 'failed_login' AND created_at > now() - interval '10 minutes'),
        found AS (
            SELECT 'brute_force_attempt' AS event_type, 'password_spray' AS action, ip_address, count(*) AS failures,
                count(DISTINCT account) AS accounts, 1 AS addresses
            FROM recent WHERE ip_address IS NOT NULL GROUP BY ip_address HAVING count(DISTINCT account) >= @perAddress
            UNION ALL
            SELECT 'suspicious_activity', 'distributed_guessing', NULL, count(*), count(DISTINCT account), count(DISTINCT ip_address)
            FROM recent HAVING count(DISTINCT ip_address) >= @addresses
               AND count(*) > 3 * (SELECT count(*) / 144.0 FROM security_events WHERE event_type = 'failed_login'
                   AND created_at BETWEEN now() - interval '1 day' AND now() - interval '10 minutes'))
        INSERT INTO security_events (event_type, action, ip_address, event_category, severity, status, resource_type, metadata)
        SELECT f.event_type, f.action, f.ip_address, 'security', 'critical', 'warning', 'authentication',
               jsonb_build_object('failures', f.failures, 'accounts', f.accounts, 'addresses', f.addresses, 'windowMinutes', 10)
        FROM found f
        WHERE NOT EXISTS (SELECT 1 FROM security_events e WHERE e.event_type = f.event_type AND e.action = f.action
            AND e.ip_address IS NOT DISTINCT FROM f.ip_address AND e.created_at > now() - interval '30 minutes')
        """;

    /// <summary>Looks once; returns how many findings were new.</summary>
    public Task<int> DetectAsync(CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                await scope.ExecuteAsync(LockSql);
                return await scope.ExecuteAsync(Sql, new { perAddress = PerAddress, addresses = Addresses });
            },
            ct
        );
}
