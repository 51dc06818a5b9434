using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

internal static class ListPromoCodes
{
    public const string Columns =
        "id, code, description, discount_percentage, discount_amount, currency, valid_from, valid_until, max_uses, current_uses, "
        + "applicable_tiers, duration_months, is_active, created_at";

    /// <summary>A promo code; amounts in the currency's smallest unit, times in UTC.</summary>
    public sealed record Item
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string? Description { get; init; }

        public int? DiscountPercentage { get; init; }

        public int? DiscountAmount { get; init; }

        public string Currency { get; init; } = "";

        public DateTime ValidFrom { get; init; }

        public DateTime? ValidUntil { get; init; }

        public int? MaxUses { get; init; }

        public int CurrentUses { get; init; }

        public string[]? ApplicableTiers { get; init; }

        public int DurationMonths { get; init; }

        public bool IsActive { get; init; }

        public DateTime CreatedAt { get; init; }
    }

    public sealed record Response(IReadOnlyList<Item> Data, int Page, int Limit, long Total, long TotalPages);

    private const string Sql = $"SELECT {Columns} FROM promo_codes ORDER BY created_at DESC, id LIMIT @limit OFFSET @skip";

    public static async Task<Ok<Response>> Handle(
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 50
    )
    {
        var total = await db.ScalarAsync<long>("SELECT count(*) FROM promo_codes", null, ct);
        var rows = await db.QueryAsync<Item>(Sql, new { limit, skip = (page - 1) * limit }, ct);
        return TypedResults.Ok(new Response(rows, page, limit, total, (total + limit - 1) / limit));
    }
}
