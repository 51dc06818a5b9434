using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>A page of Stripe's where the caller pays; the plan changes when Stripe tells that it is paid.</summary>
internal static class OpenCheckout
{
    public sealed record Request(
        [property: RegularExpression("pro|premium", ErrorMessage = "Use pro or premium; enterprise is set by an administrator.")]
            string Tier,
        [property: RegularExpression("monthly|yearly", ErrorMessage = "Use monthly or yearly.")] string BillingInterval = "monthly",
        [property: PlainText(64)] string? PromoCode = null
    );

    /// <param name="CheckoutUrl">Where to send the browser.</param>
    /// <param name="SessionId">Stripe's id of the checkout.</param>
    /// <param name="ExpiresAt">Until when it can be used, UTC.</param>
    public sealed record Response(string CheckoutUrl, string SessionId, DateTime ExpiresAt);

    [Refuses(404, "subscription_not_found")]
    [Refuses(409, "payments_not_configured", "plan_not_for_sale", "already_subscribed", "promo_unusable")]
    [Refuses(502, "payment_provider_failed")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
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

        if (options.Value.PriceOf(request.Tier, request.BillingInterval) is not { } price)
        {
            return Problems.Conflict("plan_not_for_sale", "This plan is not sold by this interval. See GET /api/v1/subscriptions/plans.");
        }

        if (await SubscriptionView.ReadAsync(db, user.Id, ct) is not { } current)
        {
            return SubscriptionProblems.NoRow();
        }

        if (current.ByStripe)
        {
            return SubscriptionProblems.AlreadySubscribed();
        }

        Discount? discount = null;
        if (!string.IsNullOrWhiteSpace(request.PromoCode))
        {
            var promo = await PromoCodes.FindAsync(db, request.PromoCode, user.Id, request.Tier, ct);
            if (promo.Problem is { } problem)
            {
                return Problems.Conflict("promo_unusable", problem);
            }

            discount = promo.Discount;
        }

        return await calls.TryAsync<Ok<Response>>(async () =>
        {
            var customer = current.StripeCustomerId
                ?? await BilledPlans.KeepCustomerAsync(db, user.Id, await gateway.CreateCustomerAsync(user.Id, user.Email, ct), ct);
            var session = await gateway.CreateCheckoutAsync(user.Id, customer!, price, discount, ct);
            // Counted before the address is handed out: what cannot be counted is never opened.
            if (discount is not null && !await PromoCodes.UseAsync(db, discount.Code, user.Id, request.Tier, session.Id, ct))
            {
                await gateway.ExpireCheckoutAsync(session.Id, ct);
                return Problems.Conflict("promo_unusable", "This promo code was used up meanwhile.");
            }

            return TypedResults.Ok(new Response(session.Url, session.Id, session.ExpiresAt));
        });
    }
}
