using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>A code of 100 % gives its tier for its months, without payment. Any other code takes something off a checkout.</summary>
internal static class RedeemPromoCode
{
    /// <param name="Code">The promo code, in any case.</param>
    /// <param name="Tier">Needed when the code is for more than one tier.</param>
    public sealed record Request(
        [property: PlainText(64, Shortest = 1)] string Code,
        [property: RegularExpression(Tiers.PaidPattern, ErrorMessage = "Use pro, premium or enterprise.")] string? Tier = null
    );

    [Refuses(404, "subscription_not_found")]
    [Refuses(409, "promo_unusable", "promo_needs_checkout", "already_subscribed")]
    public static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var check = await PromoCodes.FindAsync(db, request.Code, user.Id, request.Tier, ct);
        if (check.Problem is { } problem)
        {
            return Problems.Conflict("promo_unusable", problem);
        }

        var code = check.Code!;
        if (code.DiscountPercentage != 100)
        {
            return Problems.Conflict(
                "promo_needs_checkout",
                "This promo code takes something off a price. Send it with POST /api/v1/subscriptions/checkout."
            );
        }

        if ((request.Tier ?? (code.ApplicableTiers is [var only] ? only : null)) is not { } tier)
        {
            return Problems.BadRequest(
                "validation_failed",
                "This promo code is for more than one tier: say which.",
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["tier"] = ["Name the tier."] }
            );
        }

        try
        {
            return await db.InTransactionAsync(
                scope => RedeemAsync(scope, code, tier, user, context, time.GetUtcNow().AddMonths(code.DurationMonths)),
                ct
            );
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Problems.Conflict("promo_unusable", "You have used this promo code before.");
        }
    }

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> RedeemAsync(
        DbScope scope,
        PromoCodes.Stored code,
        string tier,
        CurrentUser user,
        HttpContext context,
        DateTimeOffset until
    )
    {
        if (!await SubscriptionStore.LockAsync(scope, user.Id) || await SubscriptionView.ReadAsync(scope, user.Id) is not { } current)
        {
            return SubscriptionProblems.NoRow();
        }

        if (current.ByStripe || (current.Status != "trialing" && Tiers.Compare(current.Tier, tier) >= 0))
        {
            return Problems.Conflict("already_subscribed", $"You have the {current.Tier} plan. Use this code when it has ended.");
        }

        if (!await PromoCodes.UseAsync(scope, code.Code, user.Id, tier))
        {
            return Problems.Conflict("promo_unusable", "This promo code is used up.");
        }

        await SubscriptionStore.GrantAsync(scope, user.Id, tier, until, fresh: true);
        await UserLogs.WriteAsync(
            scope,
            user.Id,
            "subscription_change",
            $"A promo code gave the {tier} plan",
            context.Origin(),
            sessionId: user.SessionId,
            metadata: new { promoCodeId = code.Id }
        );
        return TypedResults.Ok((await SubscriptionView.ReadAsync(scope, user.Id))!.ToView());
    }
}
