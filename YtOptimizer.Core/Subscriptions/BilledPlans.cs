using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Subscriptions;

/// <summary>
/// Brings <c>user_subscriptions</c> to what a payment provider says. Events may come twice, late and in any order: each states the whole
/// subscription and has its place, and nothing older than what is stored is applied.
/// </summary>
public static class BilledPlans
{
    private const string CustomerSql = """
        UPDATE user_subscriptions SET stripe_customer_id = coalesce(stripe_customer_id, @customer) WHERE user_id = @userId
        RETURNING stripe_customer_id
        """;

    private const string OwnerSql = """
        SELECT user_id FROM (
            SELECT user_id, 1 AS place FROM user_subscriptions WHERE stripe_customer_id = @customer
            UNION ALL SELECT user_id, 2 FROM user_subscriptions WHERE user_id = @named::uuid) found
        ORDER BY place LIMIT 1
        """;

    private const string StoredSql = """
        SELECT tier::text AS tier, stripe_subscription_id AS id, stripe_created_at AS created_at, stripe_ended_at AS ended_at,
            stripe_event_at AS event_at, stripe_event_rank AS rank
        FROM user_subscriptions WHERE user_id = @userId FOR UPDATE
        """;

    private const string ApplySql = """
        UPDATE user_subscriptions SET tier = coalesce(@Tier::subscription_tier, tier), status = @Status::subscription_status,
            billing_interval = @Interval::billing_interval, current_period_start = @PeriodStart, current_period_end = @PeriodEnd,
            auto_renew = @Renews, cancelled_at = CASE WHEN @Renews THEN NULL ELSE coalesce(@CancelledAt::timestamptz, now()) END,
            trial_end = coalesce(@TrialEnd::timestamptz, trial_end), amount = @Amount, currency = @Currency,
            pending_tier = @PendingTier::subscription_tier, pending_interval = NULL,
            stripe_subscription_id = @Id, stripe_customer_id = @Customer, stripe_created_at = @CreatedAt, stripe_ended_at = NULL,
            stripe_event_at = @at, stripe_event_rank = @rank
        WHERE user_id = @userId
        """;

    // A plan that was never in force gives no new period: failed payments would otherwise renew the free limits.
    private const string EndSql = """
        UPDATE user_subscriptions SET
            current_period_start = CASE WHEN tier = 'free' THEN current_period_start ELSE @EndedAt END,
            current_period_end = CASE WHEN tier = 'free' THEN current_period_end ELSE add_months(@EndedAt, 1) END,
            tier = 'free', status = 'active', billing_interval = 'monthly', auto_renew = true, cancelled_at = NULL, amount = 0,
            pending_tier = NULL, pending_interval = NULL, stripe_subscription_id = @Id, stripe_customer_id = @Customer,
            stripe_created_at = @CreatedAt, stripe_ended_at = @EndedAt, stripe_event_at = @at, stripe_event_rank = @rank
        WHERE user_id = @userId
        """;

    /// <summary>Whose customer it is; null for nobody's.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="customer">The provider's id.</param>
    /// <param name="named">The account that we named to the provider.</param>
    public static Task<Guid?> FindOwnerAsync(DbScope scope, string customer, Guid? named)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ScalarAsync<Guid?>(OwnerSql, new { customer, named });
    }

    /// <summary>Keeps the customer that the provider made for an account. Returns the one to use: the first that was kept.</summary>
    public static Task<string?> KeepCustomerAsync(Db db, Guid userId, string customer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ScalarAsync<string>(CustomerSql, new { userId, customer }, ct);
    }

    /// <param name="scope">The transaction; the account's row is locked in it.</param>
    /// <param name="userId">The account.</param>
    /// <param name="plan">The subscription as the provider states it.</param>
    /// <param name="place">The event's place; null for an answer to our own call, which is newer than every event so far.</param>
    /// <param name="settled">True: the provider was asked after a tie, what it said is applied.</param>
    public static async Task<(BilledOutcome Outcome, string Before)> ApplyAsync(
        DbScope scope,
        Guid userId,
        BilledPlan plan,
        EventPlace? place,
        bool settled = false
    )
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(plan);
        var stored = (await scope.FirstOrDefaultAsync<Stored>(StoredSql, new { userId }))!;
        var outcome = Judge(stored, plan, place);
        if (outcome == BilledOutcome.Applied || (outcome == BilledOutcome.Tie && settled))
        {
            var parameters = new Dapper.DynamicParameters(plan);
            parameters.Add("userId", userId);
            // Never backwards, when a call of ours came between.
            parameters.Add("at", stored.Id == plan.Id && place is null ? stored.EventAt : place?.At);
            parameters.Add("rank", stored.Id == plan.Id && place is null ? stored.Rank : place?.Rank ?? EventPlace.Created);
            await scope.ExecuteAsync(plan.EndedAt is null ? ApplySql : EndSql, parameters);
            return (BilledOutcome.Applied, stored.Tier);
        }

        return (outcome, stored.Tier);
    }

    internal static BilledOutcome Judge(Stored stored, BilledPlan plan, EventPlace? place)
    {
        if (stored.Id != plan.Id)
        {
            var isLater = stored.Id is null || plan.CreatedAt >= stored.CreatedAt;
            var isFree = stored.Id is null || stored.EndedAt is not null;
            // One that ended is kept, so that events which overtook its end are known to be old.
            return !isLater ? BilledOutcome.Stale
                : plan.IsInForce || (isFree && plan.EndedAt is not null) ? BilledOutcome.Applied
                : BilledOutcome.Ignored;
        }

        if (stored.EndedAt is not null)
        {
            return BilledOutcome.Stale;
        }

        if (place is null || stored.EventAt is not { } last || plan.EndedAt is not null)
        {
            return BilledOutcome.Applied;
        }

        var order = place.At != last ? place.At.CompareTo(last) : place.Rank.CompareTo(stored.Rank);
        return order > 0 ? BilledOutcome.Applied
            : order < 0 ? BilledOutcome.Stale
            : BilledOutcome.Tie;
    }

    internal sealed record Stored(string Tier, string? Id, DateTime? CreatedAt, DateTime? EndedAt, DateTime? EventAt, int Rank);
}
