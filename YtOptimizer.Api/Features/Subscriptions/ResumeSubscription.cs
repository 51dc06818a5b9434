using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Takes a cancellation back, while the period lasts.</summary>
internal static class ResumeSubscription
{
    [Refuses(404, "subscription_not_found")]
    [Refuses(409, "no_paid_plan", "payments_not_configured")]
    [Refuses(502, "payment_provider_failed")]
    public static Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        CurrentUser user,
        HttpContext context,
        SubscriptionRenewal renewal,
        CancellationToken ct
    ) => renewal.SetAsync(user, true, context, ct);
}
