using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>
/// Tier, interval and renewal. A higher tier costs money and begins at once; a lower one begins with the next period; free is the same as
/// cancelling.
/// </summary>
internal static class ChangeSubscription
{
    /// <param name="Tier">Null leaves it.</param>
    /// <param name="BillingInterval">Null leaves it. From monthly to yearly at once, with what was paid taken off.</param>
    /// <param name="AutoRenew">False cancels at the end of the period, true takes that back.</param>
    public sealed record Request(
        [property: RegularExpression(Tiers.Pattern, ErrorMessage = "Use free, pro, premium or enterprise.")] string? Tier = null,
        [property: RegularExpression("monthly|yearly", ErrorMessage = "Use monthly or yearly.")] string? BillingInterval = null,
        bool? AutoRenew = null
    );

    [Refuses(404, "subscription_not_found")]
    [Refuses(409, "checkout_required", "payments_not_configured", "plan_ends", "no_paid_plan", "plan_not_for_sale")]
    [Refuses(409, "interval_change_at_renewal")]
    [Refuses(502, "payment_provider_failed")]
    public static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        IOptions<StripeOptions> options,
        SubscriptionRenewal renewal,
        StripeChange stripe,
        Db db,
        CancellationToken ct
    )
    {
        if (await SubscriptionView.ReadAsync(db, user.Id, ct) is not { } current)
        {
            return SubscriptionProblems.NoRow();
        }

        if (request.AutoRenew is { } renews && request.Tier is null && request.BillingInterval is null)
        {
            return await renewal.SetAsync(user, renews, context, ct);
        }

        if (request.Tier == Tiers.Free && current.Tier != Tiers.Free)
        {
            return await renewal.SetAsync(user, false, context, ct);
        }

        var (tier, interval) = (request.Tier ?? current.Tier, request.BillingInterval ?? current.BillingInterval);
        if (Tiers.Compare(tier, current.Tier) == 0 && interval == current.BillingInterval && current.NextTier is null)
        {
            return TypedResults.Ok(current.ToView());
        }

        if (current.ByStripe)
        {
            return await stripe.ApplyAsync(user, current, tier, interval, context, ct);
        }

        if (Tiers.Compare(tier, current.Tier) > 0 || current.Tier == Tiers.Free)
        {
            return options.Value.IsConfigured
                ? Problems.Conflict("checkout_required", "This plan is paid for. Begin with POST /api/v1/subscriptions/checkout.")
                : SubscriptionProblems.NoPayments();
        }

        if (current.Ends)
        {
            return Problems.Conflict("plan_ends", "This plan ends with its period: nothing follows that could be changed.");
        }

        await db.InTransactionAsync(
            async scope =>
            {
                await SubscriptionStore.LockAsync(scope, user.Id);
                await SubscriptionStore.SetNextAsync(scope, user.Id, tier, request.BillingInterval);
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "subscription_change",
                    $"From the next period on: {tier}, {interval}",
                    context.Origin(),
                    sessionId: user.SessionId
                );
                return true;
            },
            ct
        );
        return TypedResults.Ok((await SubscriptionView.ReadAsync(db, user.Id, ct))!.ToView());
    }
}
