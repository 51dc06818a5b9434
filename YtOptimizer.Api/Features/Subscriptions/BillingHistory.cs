using Stripe;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Rows of <c>billing_history</c>, one per invoice: what is known of it only grows (failed, paid, refunded), in whatever order it
/// is told.</summary>
internal static class BillingHistory
{
    public sealed record Entry(
        string Invoice,
        string Status,
        long Amount,
        string? Currency,
        DateTime BillingDate,
        DateTime? PaidAt,
        string? Description
    );

    private const string RecordSql = """
        INSERT INTO billing_history AS b (id, user_id, subscription_id, stripe_invoice_id, amount, currency, status, billing_date, paid_at,
            description)
        VALUES (@id, @userId, (SELECT s.id FROM user_subscriptions s WHERE s.user_id = @userId), @invoice, @amount, @currency, @status,
            @billingDate, @paidAt, @description)
        ON CONFLICT (stripe_invoice_id) DO UPDATE SET
            status = CASE WHEN b.status IN ('paid', 'refunded') THEN b.status ELSE excluded.status END,
            amount = CASE WHEN b.status IN ('paid', 'refunded') AND excluded.status <> 'paid' THEN b.amount ELSE excluded.amount END,
            paid_at = coalesce(b.paid_at, excluded.paid_at), billing_date = excluded.billing_date,
            description = coalesce(excluded.description, b.description)
        RETURNING status
        """;

    private const string RefundSql = """
        INSERT INTO billing_history AS b (id, user_id, subscription_id, stripe_invoice_id, amount, amount_refunded, currency, status,
            billing_date, paid_at, stripe_payment_intent_id)
        VALUES (@id, @userId, (SELECT s.id FROM user_subscriptions s WHERE s.user_id = @userId), @invoice, @amount, @refunded, @currency,
            CASE WHEN @full THEN 'refunded' ELSE 'paid' END, @billingDate, @billingDate, @payment)
        ON CONFLICT (stripe_invoice_id) DO UPDATE SET
            amount_refunded = greatest(b.amount_refunded, excluded.amount_refunded), stripe_payment_intent_id = @payment,
            status = CASE WHEN @full OR b.status = 'refunded' THEN 'refunded' ELSE 'paid' END
        """;

    /// <returns>The invoice's status after it.</returns>
    public static Task<string?> RecordAsync(DbScope scope, Guid userId, Entry entry) =>
        scope.ScalarAsync<string>(
            RecordSql,
            new
            {
                id = Guid.CreateVersion7(),
                userId,
                invoice = entry.Invoice,
                amount = Cents(entry.Amount),
                currency = Currency(entry.Currency),
                status = entry.Status,
                billingDate = entry.BillingDate,
                paidAt = entry.PaidAt,
                description = entry.Description is { Length: > 500 } text ? text[..500] : entry.Description,
            }
        );

    public static Task RefundAsync(DbScope scope, Guid userId, string invoice, Charge charge) =>
        scope.ExecuteAsync(
            RefundSql,
            new
            {
                id = Guid.CreateVersion7(),
                userId,
                invoice,
                amount = Cents(charge.Amount),
                refunded = Cents(charge.AmountRefunded),
                currency = Currency(charge.Currency),
                full = charge.Refunded,
                billingDate = charge.Created,
                payment = charge.PaymentIntentId,
            }
        );

    private static int Cents(long amount) => (int)Math.Clamp(amount, 0, int.MaxValue);

    private static string Currency(string? currency) => (currency ?? "usd").ToUpperInvariant();
}
