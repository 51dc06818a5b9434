using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

internal static class CreatePromoCode
{
    /// <param name="Code">4 to 64 letters, digits, '-' and '_'; null: one is made.</param>
    /// <param name="Description">For people.</param>
    /// <param name="DiscountPercentage">1–100; 100 gives the plan without payment. This or an amount.</param>
    /// <param name="DiscountAmount">In the currency's smallest unit.</param>
    /// <param name="Currency">Of the amount: USD, EUR or GBP.</param>
    /// <param name="ValidFrom">UTC; null: now.</param>
    /// <param name="ValidUntil">UTC; null: without end.</param>
    /// <param name="MaxUses">Over all accounts; null: without limit.</param>
    /// <param name="ApplicableTiers">Null: any paid tier.</param>
    /// <param name="DurationMonths">How long the discount or the given plan lasts.</param>
    public sealed record Request(
        [property: RegularExpression("[A-Za-z0-9_-]{4,64}", ErrorMessage = "Use 4 to 64 letters, digits, '-' and '_'.")]
            string? Code = null,
        [property: PlainText(500)] string? Description = null,
        [property: Range(1, 100)] int? DiscountPercentage = null,
        [property: Range(1, 100_000_000)] int? DiscountAmount = null,
        [property: RegularExpression("USD|EUR|GBP", ErrorMessage = "Use USD, EUR or GBP.")] string Currency = "USD",
        DateTimeOffset? ValidFrom = null,
        DateTimeOffset? ValidUntil = null,
        [property: Range(1, 1_000_000)] int? MaxUses = null,
        [property: Subset("pro", "premium", "enterprise")] IReadOnlyList<string>? ApplicableTiers = null,
        [property: Range(1, 36)] int DurationMonths = 1
    );

    private const string Sql = $"""
        INSERT INTO promo_codes (id, code, description, discount_percentage, discount_amount, currency, valid_from, valid_until, max_uses,
            applicable_tiers, duration_months, created_by)
        SELECT @id, @code, @Description, @DiscountPercentage, @DiscountAmount, @Currency, coalesce(@ValidFrom::timestamptz, now()),
            @ValidUntil::timestamptz, @MaxUses, @tiers, @DurationMonths, @createdBy
        WHERE NOT EXISTS (SELECT FROM promo_codes WHERE upper(code) = upper(@code))
        RETURNING {ListPromoCodes.Columns}
        """;

    [Refuses(409, "promo_code_taken")]
    public static async Task<Results<Created<ListPromoCodes.Item>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        if (request.DiscountPercentage is null == request.DiscountAmount is null)
        {
            return Invalid("discountPercentage", "Give discountPercentage or discountAmount, not both.");
        }

        if (request.ValidUntil is { } end && request.ValidFrom is { } start && end <= start)
        {
            return Invalid("validUntil", "validUntil must be after validFrom.");
        }

        var code = (request.Code ?? "PROMO-" + RandomNumberGenerator.GetHexString(12)).ToUpperInvariant();
        var item = await db.InTransactionAsync(scope => CreateAsync(scope, request, code, admin, context), ct);
        return item is null
            ? Problems.Conflict("promo_code_taken", "There is a promo code of this name.")
            : TypedResults.Created((string?)null, item);
    }

    private static async Task<ListPromoCodes.Item?> CreateAsync(
        DbScope scope,
        Request request,
        string code,
        CurrentUser admin,
        HttpContext context
    )
    {
        var parameters = new Dapper.DynamicParameters(request);
        parameters.AddDynamicParams(
            new
            {
                id = Guid.CreateVersion7(),
                code,
                tiers = request.ApplicableTiers is { Count: > 0 } tiers ? tiers.ToArray() : null,
                createdBy = admin.Id,
            }
        );
        if (await scope.FirstOrDefaultAsync<ListPromoCodes.Item>(Sql, parameters) is not { } item)
        {
            return null;
        }

        await new AdminAction("create_promo_code", "promo_code", item.Id.ToString(), "A promo code was created")
        {
            After = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = item.Code,
                ["discountPercentage"] = item.DiscountPercentage,
                ["discountAmount"] = item.DiscountAmount,
                ["maxUses"] = item.MaxUses,
                ["applicableTiers"] = item.ApplicableTiers,
                ["validUntil"] = item.ValidUntil,
            },
        }.RecordAsync(scope, admin.ToActor(), context.Origin());
        return item;
    }

    private static ProblemHttpResult Invalid(string field, string message) =>
        Problems.BadRequest("validation_failed", message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}
