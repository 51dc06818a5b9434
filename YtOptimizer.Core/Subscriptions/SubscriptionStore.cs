using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Subscriptions;

/// <summary>
/// The statements that change <c>user_subscriptions</c>. What a plan is at a moment is asked of <c>plan_state</c> (a function of the
/// database), which knows periods that ended before anybody wrote it down.
/// </summary>
public static class SubscriptionStore
{
    /// <summary>The row of a new account, as part of the statement whose CTE <c>created</c> holds the account.</summary>
    public const string ForNewAccountSql = "INSERT INTO user_subscriptions (user_id) SELECT id FROM created";

    /// <summary>True for subscriptions that Stripe bills: only its events change their plan.</summary>
    public const string ByStripeSql = "s.stripe_subscription_id IS NOT NULL AND s.stripe_ended_at IS NULL";

    // Accounts that came from elsewhere may have none yet.
    private const string LockSql = """
        WITH missing AS (INSERT INTO user_subscriptions (user_id) SELECT id FROM profiles WHERE id = @userId ON CONFLICT DO NOTHING)
        SELECT 1 FROM profiles WHERE id = @userId
        """;

    private const string StartTrialSql = """
        UPDATE user_subscriptions s SET tier = @tier::subscription_tier, status = 'trialing', billing_interval = 'monthly',
            current_period_start = now(), current_period_end = now() + make_interval(days => @days), auto_renew = false,
            trial_end = now() + make_interval(days => @days), trial_used_at = now(), cancelled_at = NULL, pending_tier = NULL,
            pending_interval = NULL, amount = 0
        FROM plan_state(@userId, now()) p
        WHERE s.user_id = @userId AND s.trial_used_at IS NULL AND s.trial_end IS NULL AND p.tier = 'free'
          AND (s.stripe_subscription_id IS NULL OR s.stripe_ended_at IS NOT NULL)
        """;

    // Without @fresh the period in which limits count goes on: another tier does not give used analyses back.
    private const string GrantSql = $"""
        UPDATE user_subscriptions s SET tier = @tier::subscription_tier, status = 'active', billing_interval = 'monthly',
            current_period_start = CASE WHEN @fresh THEN now() ELSE p.period_start END,
            current_period_end = coalesce(@until::timestamptz, CASE WHEN @fresh THEN add_months(now(), 1) ELSE p.period_end END),
            auto_renew = @until::timestamptz IS NULL, cancelled_at = NULL, pending_tier = NULL, pending_interval = NULL, trial_end = NULL,
            amount = 0
        FROM plan_state(@userId, now()) p
        WHERE s.user_id = @userId AND NOT ({ByStripeSql})
        """;

    private const string RenewSql = """
        UPDATE user_subscriptions s SET auto_renew = @renews, pending_tier = NULL,
            cancelled_at = CASE WHEN @renews THEN NULL ELSE coalesce(s.cancelled_at, now()) END
        FROM plan_state(@userId, now()) p
        WHERE s.user_id = @userId AND p.tier <> 'free' AND p.status <> 'trialing' AND (@renews OR s.auto_renew)
        """;

    private const string NextSql = """
        UPDATE user_subscriptions SET pending_tier = nullif(@tier::subscription_tier, tier),
            pending_interval = nullif(coalesce(@interval::billing_interval, pending_interval, billing_interval), billing_interval)
        WHERE user_id = @userId
        """;

    /// <summary>Serialises changes of one user's subscription; makes the row where it is missing. False: there is no such
    /// account.</summary>
    public static async Task<bool> LockAsync(DbScope scope, Guid userId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.ScalarAsync<int?>(LockSql, new { userId }) is not null
            && await scope.ScalarAsync<int?>("SELECT 1 FROM user_subscriptions WHERE user_id = @userId FOR UPDATE", new { userId })
                is not null;
    }

    /// <summary>False when the account had its trial or has a plan.</summary>
    public static async Task<bool> StartTrialAsync(DbScope scope, Guid userId, string tier, int days)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.ExecuteAsync(
                StartTrialSql,
                new
                {
                    userId,
                    tier,
                    days,
                }
            ) > 0;
    }

    /// <summary>Gives a tier without payment: until a moment, or (null) until it is changed. False for a subscription that Stripe
    /// bills.</summary>
    public static async Task<bool> GrantAsync(DbScope scope, Guid userId, string tier, DateTimeOffset? until, bool fresh)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.ExecuteAsync(
                GrantSql,
                new
                {
                    userId,
                    tier,
                    until,
                    fresh,
                }
            ) > 0;
    }

    /// <summary>Whether a plan that is not billed goes on after its period. False: there is none, or it is a trial.</summary>
    public static async Task<bool> SetRenewalAsync(DbScope scope, Guid userId, bool renews)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.ExecuteAsync(RenewSql, new { userId, renews }) > 0;
    }

    /// <summary>Tier and interval of the next period, for plans that are not billed.</summary>
    public static Task SetNextAsync(DbScope scope, Guid userId, string tier, string? interval)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(
            NextSql,
            new
            {
                userId,
                tier,
                interval,
            }
        );
    }

    /// <summary>From now on the period's used analyses do not count.</summary>
    public static Task ResetUsageAsync(DbScope scope, Guid userId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(
            "UPDATE user_subscriptions SET usage_reset_at = clock_timestamp() WHERE user_id = @userId",
            new { userId }
        );
    }
}
