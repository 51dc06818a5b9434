using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Stripe's own page for payment methods, invoices and cancelling. Card data is never here.</summary>
internal static class OpenPortal
{
    public sealed record Response(string PortalUrl);

    [Refuses(409, "payments_not_configured", "never_paid")]
    [Refuses(502, "payment_provider_failed")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user,
        IOptions<StripeOptions> options,
        StripeGateway gateway,
        PaymentCalls calls,
        Db db,
        CancellationToken ct
    )
    {
        if (!options.Value.IsConfigured)
        {
            return SubscriptionProblems.NoPayments();
        }

        return await SubscriptionView.ReadAsync(db, user.Id, ct) is { StripeCustomerId: { } customer }
            ? await calls.TryAsync<Ok<Response>>(async () =>
                TypedResults.Ok(new Response((await gateway.OpenPortalAsync(customer, ct)).Url))
            )
            : Problems.Conflict("never_paid", "You have paid nothing yet. Begin with POST /api/v1/subscriptions/checkout.");
    }
}
