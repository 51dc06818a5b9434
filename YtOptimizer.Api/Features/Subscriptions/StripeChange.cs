using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Stripe;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Changes a subscription that Stripe bills: Stripe is asked, and what it answers is stored.</summary>
internal sealed class StripeChange(Db db, StripeGateway gateway, PaymentCalls calls, IOptions<StripeOptions> options, TimeProvider time)
{
    public async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> ApplyAsync(
        CurrentUser user,
        SubscriptionRow current,
        string tier,
        string interval,
        HttpContext context,
        CancellationToken ct
    )
    {
        if (!options.Value.IsConfigured)
        {
            return SubscriptionProblems.NoPayments();
        }

        if (options.Value.PriceOf(tier, interval) is not { } price)
        {
            return Problems.Conflict("plan_not_for_sale", "This plan is not sold by this interval. See GET /api/v1/subscriptions/plans.");
        }

        var isLower = Tiers.Compare(tier, current.Tier) < 0;
        if (interval != current.BillingInterval && (isLower || interval == "monthly"))
        {
            return Problems.Conflict(
                "interval_change_at_renewal",
                "A shorter interval, or another one together with a lower tier, begins when this subscription has ended: cancel it, then "
                    + "subscribe again."
            );
        }

        return await calls.TryAsync<Ok<SubscriptionView>>(async () =>
        {
            var changed = await gateway.ChangePriceAsync(current.StripeSubscriptionId!, price, isLower ? current.Tier : null, ct);
            return await StoreAsync(user, changed, $"From {current.Tier} to {tier}, {interval}", context, ct);
        });
    }

    public async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> SetRenewalAsync(
        CurrentUser user,
        SubscriptionRow current,
        bool renews,
        HttpContext context,
        CancellationToken ct
    ) =>
        !options.Value.IsConfigured
            ? SubscriptionProblems.NoPayments()
            : await calls.TryAsync<Ok<SubscriptionView>>(async () =>
                await StoreAsync(
                    user,
                    await gateway.SetCancellationAsync(current.StripeSubscriptionId!, !renews, ct),
                    renews ? "The plan renews again" : "The plan was cancelled at the end of its period",
                    context,
                    ct
                )
            );

    private async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> StoreAsync(
        CurrentUser user,
        Subscription changed,
        string what,
        HttpContext context,
        CancellationToken ct
    )
    {
        var row = await db.InTransactionAsync(
            async scope =>
            {
                await SubscriptionStore.LockAsync(scope, user.Id);
                if (StripeState.Of(changed, options.Value, time.GetUtcNow().UtcDateTime) is { } plan)
                {
                    await BilledPlans.ApplyAsync(scope, user.Id, plan, null);
                }

                await UserLogs.WriteAsync(scope, user.Id, "subscription_change", what, context.Origin(), sessionId: user.SessionId);
                return await SubscriptionView.ReadAsync(scope, user.Id);
            },
            ct
        );
        return TypedResults.Ok(row!.ToView());
    }
}
