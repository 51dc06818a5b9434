using Microsoft.Extensions.Options;
using Stripe;
using Stripe.Checkout;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>
/// Applies one event of Stripe's, in one transaction with the note that it was handled: a repetition changes nothing, and one that fails is
/// sent again. Kinds that are not needed are acknowledged.
/// </summary>
internal sealed class StripeEvents(Db db, StripeGateway gateway, IOptions<StripeOptions> options, TimeProvider time)
{
    // A concurrent repetition waits here for the first to commit.
    private const string ClaimSql = """
        INSERT INTO stripe_events (id, type, created_at, outcome) VALUES (@id, @type, @created, 'processing')
        ON CONFLICT (id) DO NOTHING RETURNING 1
        """;

    private const string OutcomeSql = "UPDATE stripe_events SET outcome = @outcome WHERE id = @id";

    private const string ReleasePromoSql = """
        WITH freed AS (DELETE FROM promo_code_usage WHERE stripe_session_id = @session RETURNING promo_code_id)
        UPDATE promo_codes p SET current_uses = greatest(p.current_uses - 1, 0) FROM freed WHERE p.id = freed.promo_code_id
        """;

    private const string KeepPromoSql = "UPDATE promo_code_usage SET stripe_session_id = NULL WHERE stripe_session_id = @session";

    /// <returns>What became of it: applied, duplicate, stale, ignored or unknown_customer.</returns>
    /// <exception cref="PaymentProviderException">Stripe had to be asked, and did not answer: the event must come again.</exception>
    public async Task<string> HandleAsync(Event received, RequestOrigin origin, CancellationToken ct)
    {
        // What has to be asked of Stripe is asked before rows are locked.
        var invoice = received is { Type: EventTypes.ChargeRefunded, Data.Object: Charge { PaymentIntentId: { } payment } }
            ? await gateway.InvoiceOfAsync(payment, ct)
            : null;
        var outcome = await db.InTransactionAsync(scope => HandleAsync(scope, received, null, invoice, origin), ct);
        if (outcome != "tie" || received.Data.Object is not Subscription tied)
        {
            return outcome;
        }

        var current = await gateway.GetSubscriptionAsync(tied.Id, ct);
        return await db.InTransactionAsync(scope => HandleAsync(scope, received, current, invoice, origin), ct);
    }

    private async Task<string> HandleAsync(DbScope scope, Event received, Subscription? current, string? invoice, RequestOrigin origin)
    {
        var claim = new
        {
            id = received.Id,
            type = received.Type.Length > 100 ? received.Type[..100] : received.Type,
            created = received.Created,
        };
        if (await scope.ScalarAsync<int?>(ClaimSql, claim) is null)
        {
            return "duplicate";
        }

        var outcome = received.Data.Object switch
        {
            Subscription subscription => await SubscriptionAsync(scope, received, current ?? subscription, current is not null, origin),
            Stripe.Invoice paid when received.Type == EventTypes.InvoicePaid => await InvoiceAsync(scope, paid, "paid", origin),
            Stripe.Invoice failed when received.Type == EventTypes.InvoicePaymentFailed => await InvoiceAsync(
                scope,
                failed,
                "failed",
                origin
            ),
            Charge charge when received.Type == EventTypes.ChargeRefunded => await RefundAsync(scope, charge, invoice, origin),
            Session session when received.Type == EventTypes.CheckoutSessionExpired => await PromoAsync(scope, ReleasePromoSql, session.Id),
            Session session when received.Type == EventTypes.CheckoutSessionCompleted => await PromoAsync(scope, KeepPromoSql, session.Id),
            _ => "ignored",
        };
        if (outcome == "tie")
        {
            // Not handled yet: the note goes, and the event is looked at once more with what Stripe says now.
            await scope.ExecuteAsync("DELETE FROM stripe_events WHERE id = @id", claim);
            return outcome;
        }

        await scope.ExecuteAsync(OutcomeSql, new { claim.id, outcome });
        return outcome;
    }

    private async Task<string> SubscriptionAsync(
        DbScope scope,
        Event received,
        Subscription subscription,
        bool settled,
        RequestOrigin origin
    )
    {
        int? rank = received.Type switch
        {
            EventTypes.CustomerSubscriptionCreated => EventPlace.Created,
            EventTypes.CustomerSubscriptionUpdated => EventPlace.Updated,
            EventTypes.CustomerSubscriptionDeleted => EventPlace.Deleted,
            _ => null,
        };
        if (rank is null || StripeState.Of(subscription, options.Value, time.GetUtcNow().UtcDateTime) is not { } plan)
        {
            return "ignored";
        }

        var named = subscription.Metadata?.GetValueOrDefault(StripeGateway.UserKey);
        if (
            await BilledPlans.FindOwnerAsync(scope, plan.Customer, Guid.TryParse(named, out var id) ? id : null) is not { } userId
            || !await SubscriptionStore.LockAsync(scope, userId)
        )
        {
            return "unknown_customer";
        }

        var (outcome, before) = await BilledPlans.ApplyAsync(scope, userId, plan, new EventPlace(received.Created, rank.Value), settled);
        var after = plan.EndedAt is null ? plan.Tier ?? before : "free";
        if (outcome == BilledOutcome.Applied && before != after)
        {
            await UserLogs.WriteAsync(scope, userId, "subscription_change", $"The plan changed from {before} to {after}", origin);
            await NotificationWriter.AddAsync(scope, NotificationCatalog.SubscriptionChanged(userId, before, after, received.Created));
        }

        return outcome.ToString().ToLowerInvariant();
    }

    private static async Task<string> InvoiceAsync(DbScope scope, Stripe.Invoice invoice, string status, RequestOrigin origin)
    {
        if (await BilledPlans.FindOwnerAsync(scope, invoice.CustomerId ?? "", null) is not { } userId)
        {
            return "unknown_customer";
        }

        var paidAt = status == "paid" ? invoice.StatusTransitions?.PaidAt ?? invoice.Created : (DateTime?)null;
        var stored = await BillingHistory.RecordAsync(
            scope,
            userId,
            new BillingHistory.Entry(
                invoice.Id,
                status,
                status == "paid" ? invoice.AmountPaid : invoice.AmountDue,
                invoice.Currency,
                invoice.Created,
                paidAt,
                invoice.Description ?? invoice.Lines?.Data.FirstOrDefault()?.Description
            )
        );
        if (stored == status)
        {
            var activity = status == "paid" ? "payment_success" : "payment_failed";
            await UserLogs.WriteAsync(
                scope,
                userId,
                activity,
                $"An invoice is {status}",
                origin,
                severity: status == "paid" ? "info" : "warning"
            );
            if (status == "failed")
            {
                await NotificationWriter.AddAsync(scope, NotificationCatalog.PaymentFailed(userId, invoice.Id));
            }
        }

        return "applied";
    }

    private static async Task<string> RefundAsync(DbScope scope, Charge charge, string? invoice, RequestOrigin origin)
    {
        if (invoice is null)
        {
            return "ignored";
        }

        if (await BilledPlans.FindOwnerAsync(scope, charge.CustomerId ?? "", null) is not { } userId)
        {
            return "unknown_customer";
        }

        await BillingHistory.RefundAsync(scope, userId, invoice, charge);
        await UserLogs.WriteAsync(scope, userId, "payment_refunded", "A payment was given back", origin);
        return "applied";
    }

    private static async Task<string> PromoAsync(DbScope scope, string sql, string session)
    {
        await scope.ExecuteAsync(sql, new { session });
        return "applied";
    }
}
