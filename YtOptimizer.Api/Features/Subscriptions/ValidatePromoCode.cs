using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Whether the caller could use a promo code. A code that cannot be used is an answer, not an error.</summary>
internal static class ValidatePromoCode
{
    public sealed record Request(
        [property: PlainText(64, Shortest = 1)] string Code,
        [property: RegularExpression(Tiers.PaidPattern, ErrorMessage = "Use pro, premium or enterprise.")] string? Tier = null
    );

    /// <param name="Code">The promo code, in any case.</param>
    /// <param name="DiscountPercentage">1–100, or null for an amount.</param>
    /// <param name="DiscountAmount">In the currency's smallest unit.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="ApplicableTiers">Null for any paid tier.</param>
    /// <param name="DurationMonths">How long it discounts.</param>
    /// <param name="ValidUntil">UTC.</param>
    public sealed record Promo(
        string Code,
        int? DiscountPercentage,
        int? DiscountAmount,
        string Currency,
        string[]? ApplicableTiers,
        int DurationMonths,
        DateTime? ValidUntil
    );

    public sealed record Response(bool Valid, string Message, Promo? Data);

    public static async Task<Ok<Response>> Handle(Request request, CurrentUser user, Db db, CancellationToken ct)
    {
        var check = await PromoCodes.FindAsync(db, request.Code, user.Id, request.Tier, ct);
        return TypedResults.Ok(
            check is { Problem: null, Code: { } code }
                ? new Response(
                    true,
                    "The promo code can be used.",
                    new Promo(
                        code.Code,
                        code.DiscountPercentage,
                        code.DiscountAmount,
                        code.Currency,
                        code.ApplicableTiers,
                        code.DurationMonths,
                        code.ValidUntil
                    )
                )
                : new Response(false, check.Problem!, null)
        );
    }
}
