namespace YtOptimizer.Core.Subscriptions;

/// <summary>A subscription that a payment provider bills, as it stands there.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Customer">The provider's id of who pays.</param>
/// <param name="CreatedAt">When it was made there: a later one replaces an earlier one.</param>
/// <param name="Tier">In force now; null for a price that no setting names.</param>
/// <param name="PendingTier">In force from the next period on, when that is another one.</param>
/// <param name="Interval">monthly or yearly.</param>
/// <param name="Status">active, trialing, past_due or incomplete (not in force).</param>
/// <param name="PeriodStart">Of the period that is paid for.</param>
/// <param name="PeriodEnd">When it ends.</param>
/// <param name="Renews">False when it ends with the period.</param>
/// <param name="CancelledAt">When that was decided.</param>
/// <param name="TrialEnd">When nothing was paid before it.</param>
/// <param name="EndedAt">When it ended for good.</param>
/// <param name="Amount">Price per period in the currency's smallest unit.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record BilledPlan(
    string Id,
    string Customer,
    DateTime CreatedAt,
    string? Tier,
    string? PendingTier,
    string Interval,
    string Status,
    DateTime PeriodStart,
    DateTime PeriodEnd,
    bool Renews,
    DateTime? CancelledAt,
    DateTime? TrialEnd,
    DateTime? EndedAt,
    int Amount,
    string Currency
)
{
    /// <summary>False while nothing is paid yet, or not any more.</summary>
    public bool IsInForce => EndedAt is null && Tier is not null && Status != "incomplete";
}

/// <summary>Where an event stands among all of its subscription: by the provider's time, then created before updated before
/// deleted.</summary>
public sealed record EventPlace(DateTime At, int Rank)
{
    public const int Created = 0;
    public const int Updated = 1;
    public const int Deleted = 2;
}

public enum BilledOutcome
{
    Applied,

    /// <summary>Something newer was applied before.</summary>
    Stale,

    /// <summary>Two different updates of the same second: only the provider knows which is the later one.</summary>
    Tie,

    /// <summary>Not in force, and not the subscription of this account.</summary>
    Ignored,
}
