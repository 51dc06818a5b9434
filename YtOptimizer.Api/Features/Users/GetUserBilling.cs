using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>The plan of an account and its latest hundred invoices.</summary>
internal static class GetUserBilling
{
    /// <param name="Tier">In force.</param>
    /// <param name="Status">active, trialing or past_due.</param>
    /// <param name="BillingInterval">monthly or yearly.</param>
    /// <param name="CurrentPeriodStart">UTC.</param>
    /// <param name="CurrentPeriodEnd">UTC.</param>
    /// <param name="CancelAtPeriodEnd">True when free follows.</param>
    /// <param name="PendingTier">What follows, when it is another tier.</param>
    /// <param name="Amount">Price per period in the currency's smallest unit.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="StripeCustomerId">At Stripe.</param>
    /// <param name="StripeSubscriptionId">At Stripe, while it lasts.</param>
    /// <param name="TrialUsedAt">When the one trial was begun.</param>
    public sealed record Plan(
        string Tier,
        string Status,
        string BillingInterval,
        DateTime CurrentPeriodStart,
        DateTime CurrentPeriodEnd,
        bool CancelAtPeriodEnd,
        string? PendingTier,
        int Amount,
        string Currency,
        string? StripeCustomerId,
        string? StripeSubscriptionId,
        DateTime? TrialUsedAt
    );

    /// <param name="Id">Its id.</param>
    /// <param name="StripeInvoiceId">At Stripe.</param>
    /// <param name="Amount">In the currency's smallest unit.</param>
    /// <param name="AmountRefunded">Of it, given back.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Status">pending, paid, failed or refunded.</param>
    /// <param name="BillingDate">UTC.</param>
    /// <param name="PaidAt">UTC.</param>
    /// <param name="Description">For people.</param>
    public sealed record Invoice(
        Guid Id,
        string? StripeInvoiceId,
        int Amount,
        int AmountRefunded,
        string Currency,
        string Status,
        DateTime BillingDate,
        DateTime? PaidAt,
        string? Description
    );

    /// <param name="Subscription">The plan.</param>
    /// <param name="Invoices">Newest first.</param>
    public sealed record Response(Plan Subscription, IReadOnlyList<Invoice> Invoices);

    private const string PlanSql = """
        SELECT p.tier, p.status, p.billing_interval, p.billing_start AS current_period_start, p.billing_end AS current_period_end,
            p.ends AS cancel_at_period_end, p.next_tier AS pending_tier, coalesce(s.amount, 0) AS amount,
            coalesce(s.currency, 'USD') AS currency, s.stripe_customer_id,
            CASE WHEN s.stripe_ended_at IS NULL THEN s.stripe_subscription_id END AS stripe_subscription_id, s.trial_used_at
        FROM profiles u LEFT JOIN user_subscriptions s ON s.user_id = u.id CROSS JOIN LATERAL plan_state(u.id, now()) p
        WHERE u.id = @id
        """;

    private const string InvoiceSql = """
        SELECT id, stripe_invoice_id, amount, amount_refunded, currency, status, billing_date, paid_at, description
        FROM billing_history WHERE user_id = @id ORDER BY billing_date DESC, id LIMIT 100
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Db db, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<Plan>(PlanSql, new { id }, ct) is { } plan
            ? TypedResults.Ok(new Response(plan, await db.QueryAsync<Invoice>(InvoiceSql, new { id }, ct)))
            : GetUser.NotFound();
}
