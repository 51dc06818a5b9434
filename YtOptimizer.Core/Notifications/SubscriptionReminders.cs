using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Notifications;

/// <summary>
/// Tells owners of paid subscriptions that will not renew how many days are left. Any number of processes may run it: a card has its key.
/// </summary>
public sealed class SubscriptionReminders(Db db)
{
    private const string Sql = """
        SELECT user_id, tier::text AS tier, current_period_end AS ends, ceil(extract(epoch
            FROM current_period_end - now()) / 86400)::int AS days
        FROM user_subscriptions
        WHERE tier <> 'free' AND status IN ('active', 'trialing') AND (NOT auto_renew OR cancelled_at IS NOT NULL)
          AND current_period_end > now() AND current_period_end <= now() + make_interval(days => @longest)
        """;

    /// <summary>Returns how many subscriptions end soon.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var ending = await db.QueryAsync<Ending>(Sql, new { longest = NotificationCatalog.ExpiryDays[0] }, ct);
        foreach (var subscription in ending)
        {
            // Between two of the days the last one's card stands.
            var days = NotificationCatalog.ExpiryDays.Last(day => day >= subscription.Days);
            await NotificationWriter.AddAsync(
                db,
                NotificationCatalog.SubscriptionExpires(subscription.UserId, subscription.Tier, subscription.Ends, days),
                ct
            );
        }

        return ending.Count;
    }

    private sealed record Ending(Guid UserId, string Tier, DateTime Ends, int Days);
}
