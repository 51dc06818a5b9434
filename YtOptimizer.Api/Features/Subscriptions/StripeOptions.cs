using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Section <c>Stripe</c>. Without a secret key nothing can be bought, and Stripe is never called.</summary>
internal sealed class StripeOptions : IValidatableObject
{
    public const string Section = "Stripe";

    /// <summary>STRIPE_SECRET_KEY: the switch.</summary>
    public string? SecretKey { get; set; }

    /// <summary>STRIPE_WEBHOOK_SECRET of the endpoint /webhooks/stripe, without which nobody could tell Stripe's events from
    /// others'.</summary>
    [Description("events that Stripe sends are believed by it; Stripe shows it beside the webhook endpoint")]
    public string? WebhookSecret { get; set; }

    public string? PriceProMonthly { get; set; }

    public string? PriceProYearly { get; set; }

    public string? PricePremiumMonthly { get; set; }

    public string? PricePremiumYearly { get; set; }

    /// <summary>STRIPE_API_BASE_URL: an address that stands for Stripe's API.</summary>
    [Description("an address that stands for https://api.stripe.com")]
    public Uri? BaseUrl { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(SecretKey);

    private IEnumerable<(string Tier, string Interval, string? Price)> Prices =>
        [
            ("pro", "monthly", PriceProMonthly),
            ("pro", "yearly", PriceProYearly),
            ("premium", "monthly", PricePremiumMonthly),
            ("premium", "yearly", PricePremiumYearly),
        ];

    /// <summary>Stripe's id of a price; null for what is not sold.</summary>
    public string? PriceOf(string tier, string interval) =>
        IsConfigured
            ? Prices
                .Where(p => p.Tier == tier && p.Interval == interval && !string.IsNullOrWhiteSpace(p.Price))
                .Select(p => p.Price)
                .FirstOrDefault()
            : null;

    /// <summary>What a price of Stripe's buys; null for one that no setting names.</summary>
    public (string Tier, string Interval)? Sold(string? price) =>
        Prices
            .Where(p => !string.IsNullOrWhiteSpace(price) && p.Price == price)
            .Select(p => ((string, string)?)(p.Tier, p.Interval))
            .FirstOrDefault();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsConfigured && string.IsNullOrWhiteSpace(WebhookSecret))
        {
            yield return new ValidationResult("is needed beside STRIPE_SECRET_KEY", [nameof(WebhookSecret)]);
        }

        if (IsConfigured && Prices.All(p => string.IsNullOrWhiteSpace(p.Price)))
        {
            yield return new ValidationResult("is needed beside STRIPE_SECRET_KEY: at least one price", [nameof(PriceProMonthly)]);
        }
    }
}
