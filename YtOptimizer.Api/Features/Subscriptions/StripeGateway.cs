using Microsoft.Extensions.Options;
using Stripe;
using Stripe.Checkout;
using YtOptimizer.Core.Accounts;
using PortalSession = Stripe.BillingPortal.Session;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Stripe did not do what it was asked; the message is for logs.</summary>
internal sealed class PaymentProviderException(string message, Exception inner) : Exception(message, inner);

/// <summary>A discount of a checkout: a percentage, or an amount in the currency's smallest unit.</summary>
internal sealed record Discount(string Code, int? Percent, int? Amount, string Currency, int Months);

/// <summary>The calls to Stripe, over the guarded HTTP client, each with a time limit. None changes a row here: answers and events
/// do.</summary>
internal sealed class StripeGateway(IHttpClientFactory clients, IOptions<StripeOptions> options, IOptions<AccountOptions> accounts)
{
    public const string ClientName = "stripe";

    /// <summary>Metadata of Stripe's objects: the account they belong to.</summary>
    public const string UserKey = "user_id";

    /// <summary>Metadata of a subscription whose price fell within a period that is paid for: the tier until that period ends.</summary>
    public const string KeepsTierKey = "keeps_tier";

    /// <summary>Metadata: the end of that period, Unix seconds.</summary>
    public const string KeepsUntilKey = "keeps_until";

    public Task<string> CreateCustomerAsync(Guid userId, string email, CancellationToken ct) =>
        AskAsync(async client =>
            (
                await new CustomerService(client).CreateAsync(
                    new CustomerCreateOptions { Email = email, Metadata = Owner(userId) },
                    new RequestOptions { IdempotencyKey = $"customer-{userId:N}" },
                    ct
                )
            ).Id
        );

    public Task<Session> CreateCheckoutAsync(Guid userId, string customer, string price, Discount? discount, CancellationToken ct) =>
        AskAsync(async client =>
        {
            var coupon = discount is null ? null : await CreateCouponAsync(client, discount, ct);
            return await new SessionService(client).CreateAsync(
                new SessionCreateOptions
                {
                    Mode = "subscription",
                    Customer = customer,
                    ClientReferenceId = userId.ToString(),
                    LineItems = [new SessionLineItemOptions { Price = price, Quantity = 1 }],
                    SubscriptionData = new SessionSubscriptionDataOptions { Metadata = Owner(userId) },
                    Discounts = coupon is null ? null : [new SessionDiscountOptions { Coupon = coupon }],
                    SuccessUrl = accounts.Value.FrontendUrl + "/dashboard/profile?checkout=done",
                    CancelUrl = accounts.Value.FrontendUrl + "/dashboard/profile?checkout=left",
                },
                cancellationToken: ct
            );
        });

    public Task<Session> ExpireCheckoutAsync(string session, CancellationToken ct) =>
        AskAsync(client => new SessionService(client).ExpireAsync(session, cancellationToken: ct));

    public Task<PortalSession> OpenPortalAsync(string customer, CancellationToken ct) =>
        AskAsync(client =>
            new Stripe.BillingPortal.SessionService(client).CreateAsync(
                new Stripe.BillingPortal.SessionCreateOptions
                {
                    Customer = customer,
                    ReturnUrl = accounts.Value.FrontendUrl + "/dashboard/profile",
                },
                cancellationToken: ct
            )
        );

    public Task<Subscription> GetSubscriptionAsync(string subscription, CancellationToken ct) =>
        AskAsync(client => new SubscriptionService(client).GetAsync(subscription, cancellationToken: ct));

    public Task<Subscription> SetCancellationAsync(string subscription, bool atPeriodEnd, CancellationToken ct) =>
        AskAsync(client =>
            new SubscriptionService(client).UpdateAsync(
                subscription,
                new SubscriptionUpdateOptions { CancelAtPeriodEnd = atPeriodEnd },
                cancellationToken: ct
            )
        );

    /// <summary>Ends a subscription at once; one that Stripe does not know has ended.</summary>
    public Task<bool> CancelAsync(string subscription, CancellationToken ct) =>
        AskAsync(async client =>
        {
            try
            {
                await new SubscriptionService(client).CancelAsync(subscription, cancellationToken: ct);
            }
            catch (StripeException error) when (error.StripeError?.Code == "resource_missing")
            {
                return false;
            }

            return true;
        });

    /// <summary>Another price: at once, with the difference billed; or, for a lower tier, from the next period on.</summary>
    public Task<Subscription> ChangePriceAsync(string subscription, string price, string? keepsTier, CancellationToken ct) =>
        AskAsync(async client =>
        {
            var service = new SubscriptionService(client);
            var item = (await service.GetAsync(subscription, cancellationToken: ct)).Items.Data[0];
            return await service.UpdateAsync(
                subscription,
                new SubscriptionUpdateOptions
                {
                    Items = [new SubscriptionItemOptions { Id = item.Id, Price = price }],
                    ProrationBehavior = keepsTier is null ? "always_invoice" : "none",
                    CancelAtPeriodEnd = false,
                    Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [KeepsTierKey] = keepsTier ?? "",
                        [KeepsUntilKey] = keepsTier is null
                            ? ""
                            : new DateTimeOffset(item.CurrentPeriodEnd)
                                .ToUnixTimeSeconds()
                                .ToString(System.Globalization.CultureInfo.InvariantCulture),
                    },
                },
                cancellationToken: ct
            );
        });

    /// <summary>The invoice that a payment paid; null when it paid none.</summary>
    public Task<string?> InvoiceOfAsync(string paymentIntent, CancellationToken ct) =>
        AskAsync(async client =>
        {
            var found = await new InvoicePaymentService(client).ListAsync(
                new InvoicePaymentListOptions
                {
                    Payment = new InvoicePaymentPaymentOptions { Type = "payment_intent", PaymentIntent = paymentIntent },
                    Limit = 1,
                },
                cancellationToken: ct
            );
            return found.Data.FirstOrDefault()?.InvoiceId;
        });

    private static async Task<string> CreateCouponAsync(StripeClient client, Discount discount, CancellationToken ct) =>
        (
            await new CouponService(client).CreateAsync(
                new CouponCreateOptions
                {
                    Name = discount.Code.Length > 40 ? discount.Code[..40] : discount.Code,
                    PercentOff = discount.Percent,
                    AmountOff = discount.Percent is null ? discount.Amount : null,
                    Currency = discount.Percent is null ? discount.Currency : null,
                    Duration = discount.Months == 1 ? "once" : "repeating",
                    DurationInMonths = discount.Months == 1 ? null : discount.Months,
                    MaxRedemptions = 1,
                },
                cancellationToken: ct
            )
        ).Id;

    private static Dictionary<string, string> Owner(Guid userId) => new(StringComparer.Ordinal) { [UserKey] = userId.ToString() };

    private async Task<T> AskAsync<T>(Func<StripeClient, Task<T>> call)
    {
        using var http = clients.CreateClient(ClientName);
        var client = new StripeClient(
            new StripeClientOptions
            {
                ApiKey = options.Value.SecretKey,
                ApiBase = options.Value.BaseUrl?.ToString().TrimEnd('/'),
                HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 1, enableTelemetry: false),
            }
        );
        try
        {
            return await call(client);
        }
        catch (Exception error)
            when (error
                    is StripeException
                        or HttpRequestException
                        or TimeoutException
                        or TaskCanceledException { InnerException: TimeoutException }
            )
        {
            // Stripe's own messages may repeat what was sent.
            var stripe = (error as StripeException)?.StripeError;
            throw new PaymentProviderException(
                $"Stripe refused or was out of reach: {stripe?.Type ?? error.GetType().Name} {stripe?.Code}",
                error
            );
        }
    }
}
