using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>What a code is good for, or why it is not.</summary>
internal sealed record PromoCheck(PromoCodes.Stored? Code, string? Problem)
{
    public Discount? Discount =>
        Code is null ? null : new Discount(Code.Code, Code.DiscountPercentage, Code.DiscountAmount, Code.Currency, Code.DurationMonths);
}

/// <summary>Promo codes: looked up without regard to case, used at most as often as they may, and once by each account.</summary>
internal static class PromoCodes
{
    /// <summary>A code as the asking account finds it. No tiers: for any paid one.</summary>
    public sealed record Stored
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public int? DiscountPercentage { get; init; }

        public int? DiscountAmount { get; init; }

        public string Currency { get; init; } = "USD";

        public DateTime? ValidUntil { get; init; }

        public string[]? ApplicableTiers { get; init; }

        public int DurationMonths { get; init; }

        public bool IsCurrent { get; init; }

        public bool HasRoom { get; init; }

        public bool UsedByMe { get; init; }
    }

    private const string Named =
        "(SELECT n.id FROM promo_codes n WHERE upper(n.code) = upper(@code) ORDER BY n.code <> @code, n.id LIMIT 1)";

    private const string FindSql = $"""
        SELECT c.id, c.code, c.discount_percentage, c.discount_amount, c.currency, c.valid_until, c.applicable_tiers, c.duration_months,
            c.is_active AND c.valid_from <= now() AND (c.valid_until IS NULL OR c.valid_until > now()) AS is_current,
            c.max_uses IS NULL OR c.current_uses < c.max_uses AS has_room,
            EXISTS (SELECT FROM promo_code_usage u WHERE u.promo_code_id = c.id AND u.user_id = @userId) AS used_by_me
        FROM promo_codes c WHERE c.id = {Named}
        """;

    // One statement: whoever waits for the row sees the count that the one before left, and a second use by the same account breaks the
    // unique index, which takes the count back with it.
    private const string UseSql = $"""
        WITH taken AS (
            UPDATE promo_codes c SET current_uses = c.current_uses + 1
            WHERE c.id = {Named} AND c.is_active AND c.valid_from <= now() AND (c.valid_until IS NULL OR c.valid_until > now())
              AND (c.max_uses IS NULL OR c.current_uses < c.max_uses)
              AND (c.applicable_tiers IS NULL OR @tier = ANY (c.applicable_tiers))
            RETURNING c.id)
        INSERT INTO promo_code_usage (promo_code_id, user_id, subscription_id, stripe_session_id)
        SELECT t.id, @userId, (SELECT s.id FROM user_subscriptions s WHERE s.user_id = @userId), @session FROM taken t
        """;

    /// <summary>Whether the account could use the code for the tier (null: for any).</summary>
    public static async Task<PromoCheck> FindAsync(Db db, string code, Guid userId, string? tier, CancellationToken ct)
    {
        var found = await db.FirstOrDefaultAsync<Stored>(FindSql, new { code = code.Trim(), userId }, ct);
        var problem = found switch
        {
            null => "There is no such promo code.",
            { IsCurrent: false } => "This promo code is not valid now.",
            { UsedByMe: true } => "You have used this promo code before.",
            { HasRoom: false } => "This promo code is used up.",
            _ when tier is not null && found.ApplicableTiers is { } tiers && !tiers.Contains(tier, StringComparer.Ordinal) =>
                $"This promo code is for {string.Join(", ", tiers)}.",
            _ => null,
        };
        return new PromoCheck(found, problem);
    }

    /// <summary>Counts a use. False: the code cannot be used (any more).</summary>
    public static async Task<bool> UseAsync(Db db, string code, Guid userId, string tier, string session, CancellationToken ct)
    {
        try
        {
            return await db.ExecuteAsync(UseSql, Parameters(code, userId, tier, session), ct) > 0;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>As above, in a transaction, which a second use by the same account breaks:
    /// <see cref="PostgresErrorCodes.UniqueViolation"/>.</summary>
    public static async Task<bool> UseAsync(DbScope scope, string code, Guid userId, string tier) =>
        await scope.ExecuteAsync(UseSql, Parameters(code, userId, tier, null)) > 0;

    private static object Parameters(string code, Guid userId, string tier, string? session) =>
        new
        {
            code = code.Trim(),
            userId,
            tier,
            session,
        };
}
