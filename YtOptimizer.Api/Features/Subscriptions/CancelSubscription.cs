using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>The plan stays until the end of its period, then it is free.</summary>
internal static class CancelSubscription
{
    [Refuses(404, "subscription_not_found")]
    [Refuses(409, "no_paid_plan", "payments_not_configured")]
    [Refuses(502, "payment_provider_failed")]
    public static Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        CurrentUser user,
        HttpContext context,
        SubscriptionRenewal renewal,
        CancellationToken ct
    ) => renewal.SetAsync(user, false, context, ct);
}
