using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Why a subscription does not change.</summary>
internal static class SubscriptionProblems
{
    public static ProblemHttpResult NoRow() =>
        Problems.NotFound(
            "subscription_not_found",
            "This account has no subscription yet. Try again in ten minutes; it is made by itself."
        );

    /// <summary>
    /// No paid tier without payment: only administrators and promo codes give one away. A conflict, not a failure: it is how the server is
    /// set up, and trying again does not help.
    /// </summary>
    public static ProblemHttpResult NoPayments() =>
        Problems.Conflict(
            "payments_not_configured",
            "This server takes no payments. Ask an administrator to set your plan, or redeem a promo code."
        );

    public static ProblemHttpResult NothingToCancel() =>
        Problems.Conflict("no_paid_plan", "You have no plan that renews: there is nothing to cancel or to resume.");

    public static ProblemHttpResult AlreadySubscribed() =>
        Problems.Conflict(
            "already_subscribed",
            "You have a subscription. Change its tier with PUT /api/v1/subscriptions/current, or cancel it first."
        );
}
