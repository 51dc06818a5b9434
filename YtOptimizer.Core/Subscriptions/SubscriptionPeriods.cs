using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.Subscriptions;

/// <summary>
/// Writes down what <c>plan_state</c> already says of periods that ended: free and granted plans roll on, cancelled plans and trials become
/// free, a plan that was to change does. Any number of processes may run it. Stripe's subscriptions are left to its events.
/// </summary>
public sealed class SubscriptionPeriods(Db db)
{
    private const int Batch = 500;

    private const string RollSql = $"""
        WITH due AS (
            SELECT s.user_id, s.tier, s.current_period_end AS ended FROM user_subscriptions s
            WHERE s.current_period_end <= now() AND NOT ({SubscriptionStore.ByStripeSql})
            ORDER BY s.current_period_end LIMIT @batch FOR UPDATE SKIP LOCKED)
        UPDATE user_subscriptions s SET tier = p.tier::subscription_tier, status = p.status::subscription_status,
            billing_interval = p.billing_interval::billing_interval, current_period_start = p.billing_start,
            current_period_end = p.billing_end, auto_renew = true, cancelled_at = NULL, pending_tier = NULL, pending_interval = NULL
        FROM due d CROSS JOIN LATERAL plan_state(d.user_id, now()) p
        WHERE s.user_id = d.user_id
        RETURNING s.user_id, d.tier::text AS before, s.tier::text AS after, d.ended, s.current_period_end AS next_end
        """;

    /// <summary>Returns how many periods ended.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var total = 0; ; )
        {
            var ended = await db.InTransactionAsync(RollAsync, ct);
            total += ended;
            if (ended < Batch)
            {
                return total;
            }
        }
    }

    private static async Task<int> RollAsync(DbScope scope)
    {
        var rolled = await scope.QueryAsync<Rolled>(RollSql, new { batch = Batch });
        foreach (var row in rolled.Where(row => row.Before != row.After))
        {
            await NotificationWriter.AddAsync(scope, NotificationCatalog.SubscriptionChanged(row.UserId, row.Before, row.After, row.Ended));
            await UserLogs.WriteAsync(
                scope,
                row.UserId,
                "subscription_change",
                $"The plan changed from {row.Before} to {row.After} at the end of its period",
                RequestOrigin.System
            );
        }

        return rolled.Count;
    }

    private sealed record Rolled(Guid UserId, string Before, string After, DateTime Ended, DateTime NextEnd);
}
