using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>What a plan includes, from <c>subscription_limits</c>; -1 is unlimited.</summary>
internal sealed record PlanFeatureList(
    int MaxAnalysesPerMonth,
    int MaxChannelsPerUser,
    bool AdvancedAnalytics,
    bool PrioritySupport,
    bool CustomBranding,
    bool ApiAccess,
    bool BulkOperations,
    int AiSuggestionsLimit,
    bool ExportFeatures,
    string[] Integrations
)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static PlanFeatureList Of(string features, int videoLimit)
    {
        var list = JsonSerializer.Deserialize<PlanFeatureList>(features, Web)!;
        return list with { MaxAnalysesPerMonth = videoLimit, Integrations = list.Integrations ?? [] };
    }
}

/// <summary>A subscription as its owner and administrators see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Tier">free, pro, premium or enterprise.</param>
/// <param name="Status">active, trialing or past_due; a plan that is not in force shows as free and active.</param>
/// <param name="BillingInterval">monthly or yearly.</param>
/// <param name="CurrentPeriodStart">When the billing period began, UTC.</param>
/// <param name="CurrentPeriodEnd">When the billing period ends, UTC.</param>
/// <param name="LimitsResetAt">When used analyses begin at 0 again, UTC: monthly, also within a year that is paid for.</param>
/// <param name="AutoRenew">True when a period like this one follows.</param>
/// <param name="CancelAtPeriodEnd">True when free follows.</param>
/// <param name="PendingTier">The tier that follows this period, when it is another one.</param>
/// <param name="Features">What the plan includes.</param>
/// <param name="NextBillingDate">Only for what is billed.</param>
/// <param name="Amount">Price per period in the currency's smallest unit (cents).</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ManagedBy">stripe, or none for plans that nobody pays for.</param>
/// <param name="StripeSubscriptionId">Stripe's id, for what Stripe bills.</param>
/// <param name="TrialEnd">When the trial ends, UTC.</param>
/// <param name="TrialAvailable">True while the one trial can be begun.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
internal sealed record SubscriptionView(
    Guid Id,
    Guid UserId,
    string Tier,
    string Status,
    string BillingInterval,
    DateTime CurrentPeriodStart,
    DateTime CurrentPeriodEnd,
    DateTime LimitsResetAt,
    bool AutoRenew,
    bool CancelAtPeriodEnd,
    string? PendingTier,
    PlanFeatureList Features,
    DateTime? NextBillingDate,
    int Amount,
    string Currency,
    string ManagedBy,
    string? StripeSubscriptionId,
    DateTime? TrialEnd,
    bool TrialAvailable,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    private const string Sql = """
        SELECT s.id, s.user_id, p.tier, p.status, p.billing_interval, p.billing_start, p.billing_end, p.period_end, p.ends, p.next_tier,
            p.video_limit, p.features::text AS features, CASE WHEN p.tier = s.tier::text THEN s.amount ELSE 0 END AS amount, s.currency,
            CASE WHEN s.stripe_ended_at IS NULL THEN s.stripe_subscription_id END AS stripe_subscription_id,
            CASE WHEN p.status = 'trialing' THEN s.trial_end END AS trial_end,
            s.trial_used_at IS NULL AND s.trial_end IS NULL AND p.tier = 'free' AS trial_available,
            s.stripe_customer_id, s.created_at, s.updated_at
        FROM user_subscriptions s CROSS JOIN LATERAL plan_state(s.user_id, now()) p WHERE s.user_id = @userId
        """;

    /// <summary>Null for an account without a row, which no account made by this program lacks.</summary>
    public static async Task<SubscriptionRow?> ReadAsync(Db db, Guid userId, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<SubscriptionRow>(Sql, new { userId }, ct);

    /// <inheritdoc cref="ReadAsync(Db, Guid, CancellationToken)"/>
    public static Task<SubscriptionRow?> ReadAsync(DbScope scope, Guid userId) =>
        scope.FirstOrDefaultAsync<SubscriptionRow>(Sql, new { userId });
}

/// <summary>A subscription as it is read.</summary>
internal sealed record SubscriptionRow(
    Guid Id,
    Guid UserId,
    string Tier,
    string Status,
    string BillingInterval,
    DateTime BillingStart,
    DateTime BillingEnd,
    DateTime PeriodEnd,
    bool Ends,
    string? NextTier,
    int VideoLimit,
    string Features,
    int Amount,
    string Currency,
    string? StripeSubscriptionId,
    DateTime? TrialEnd,
    bool TrialAvailable,
    string? StripeCustomerId,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    public bool ByStripe => StripeSubscriptionId is not null;

    public SubscriptionView ToView() =>
        new(
            Id,
            UserId,
            Tier,
            Status,
            BillingInterval,
            BillingStart,
            BillingEnd,
            PeriodEnd,
            !Ends,
            Ends,
            NextTier,
            PlanFeatureList.Of(Features, VideoLimit),
            ByStripe && !Ends ? BillingEnd : null,
            Amount,
            Currency,
            ByStripe ? "stripe" : "none",
            StripeSubscriptionId,
            TrialEnd,
            TrialAvailable,
            CreatedAt,
            UpdatedAt
        );
}
