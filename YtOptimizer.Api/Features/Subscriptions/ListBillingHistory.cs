using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>The caller's invoices, newest first.</summary>
internal static class ListBillingHistory
{
    /// <param name="Id">Its id.</param>
    /// <param name="StripeInvoiceId">Stripe's id of it.</param>
    /// <param name="Amount">In the currency's smallest unit (cents).</param>
    /// <param name="AmountRefunded">Of it, given back.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Status">pending, paid, failed or refunded (in full).</param>
    /// <param name="BillingDate">When it was made, UTC.</param>
    /// <param name="PaidAt">When it was paid, UTC.</param>
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

    public sealed record Pagination(int Page, int Limit, long Total, long TotalPages, bool HasNext, bool HasPrev);

    public sealed record Response(IReadOnlyList<Invoice> Data, Pagination Pagination);

    private const string Sql = """
        SELECT id, stripe_invoice_id, amount, amount_refunded, currency, status, billing_date, paid_at, description
        FROM billing_history WHERE user_id = @userId ORDER BY billing_date DESC, id LIMIT @limit OFFSET @skip
        """;

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 20
    )
    {
        var parameters = new
        {
            userId = user.Id,
            limit,
            skip = (page - 1) * limit,
        };
        var total = await db.ScalarAsync<long>("SELECT count(*) FROM billing_history WHERE user_id = @userId", parameters, ct);
        var pages = (total + limit - 1) / limit;
        return TypedResults.Ok(
            new Response(
                await db.QueryAsync<Invoice>(Sql, parameters, ct),
                new Pagination(page, limit, total, pages, page < pages, page > 1)
            )
        );
    }
}
