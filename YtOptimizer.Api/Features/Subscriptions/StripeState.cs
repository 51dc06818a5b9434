using System.Globalization;
using Stripe;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>What a subscription of Stripe's means for ours. Only the object itself decides, so that the order of its events does
/// not.</summary>
internal static class StripeState
{
    /// <summary>Null for a subscription without a priced item.</summary>
    public static BilledPlan? Of(Subscription subscription, StripeOptions options, DateTime now)
    {
        if (subscription.Items?.Data is not [{ Price: { } price } item, ..])
        {
            return null;
        }

        var sold = options.Sold(price.Id)?.Tier;
        var (tier, pending) = (sold, (string?)null);
        var metadata = subscription.Metadata ?? [];
        if (
            metadata.GetValueOrDefault(StripeGateway.KeepsTierKey) is { Length: > 0 } keeps
            && metadata.GetValueOrDefault(StripeGateway.KeepsUntilKey) == Seconds(item.CurrentPeriodEnd)
        )
        {
            (tier, pending) = (keeps, sold == keeps ? null : sold);
        }

        return new BilledPlan(
            subscription.Id,
            subscription.CustomerId,
            subscription.Created,
            tier,
            pending,
            price.Recurring?.Interval == "year" ? "yearly" : "monthly",
            subscription.Status is "active" or "trialing" or "past_due" ? subscription.Status : "incomplete",
            item.CurrentPeriodStart,
            item.CurrentPeriodEnd,
            !subscription.CancelAtPeriodEnd && subscription.CancelAt is null,
            subscription.CanceledAt,
            subscription.TrialEnd,
            subscription.Status is "canceled" or "incomplete_expired" ? subscription.EndedAt ?? now : null,
            (int)Math.Clamp(price.UnitAmount ?? 0, 0, int.MaxValue),
            (price.Currency ?? "usd").ToUpperInvariant()
        );
    }

    private static string Seconds(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
