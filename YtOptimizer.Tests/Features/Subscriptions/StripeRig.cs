using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stripe;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Subscriptions;

/// <summary>The API with payments switched on, over a Stripe of its own whose events the test signs.</summary>
public sealed class StripeRig : ApiFixture
{
    public const string WebhookSecret = "dummy-webhook-secret";

    private int number;

    public FakeStripe Stripe { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public override async ValueTask InitializeAsync()
    {
        Stripe = await FakeStripe.StartAsync();
        With(
            new Dictionary<string, string?>
            {
                ["STRIPE_SECRET_KEY"] = "dummy-stripe-key",
                ["STRIPE_WEBHOOK_SECRET"] = WebhookSecret,
                ["STRIPE_API_BASE_URL"] = Stripe.Address,
                ["STRIPE_PRICE_PRO_MONTHLY"] = "price_pro_monthly",
                ["STRIPE_PRICE_PRO_YEARLY"] = "price_pro_yearly",
                ["STRIPE_PRICE_PREMIUM_MONTHLY"] = "price_premium_monthly",
            }
        );
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    public string Id(string prefix) => $"{prefix}_{Interlocked.Increment(ref number)}_{Guid.CreateVersion7():N}";

    /// <summary>An account that is a customer of Stripe's.</summary>
    public async Task<(ApiUser User, string Customer)> CustomerAsync()
    {
        var user = await CreateUserAsync();
        var customer = Id("cus");
        await Database.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET stripe_customer_id = @customer WHERE user_id = @Id",
            new { user.Id, customer },
            Ct
        );
        return (user, customer);
    }

    public JsonObject Subscription(
        string id,
        string customer,
        string price = "price_pro_monthly",
        string status = "active",
        long? created = null
    )
    {
        var start = Now - 86400;
        return new JsonObject
        {
            ["id"] = id,
            ["object"] = "subscription",
            ["customer"] = customer,
            ["created"] = created ?? start,
            ["status"] = status,
            ["cancel_at_period_end"] = false,
            ["ended_at"] = status == "canceled" ? Now : null,
            ["currency"] = "usd",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = "si_1",
                        ["object"] = "subscription_item",
                        ["current_period_start"] = start,
                        ["current_period_end"] = start + 30 * 86400,
                        ["price"] = new JsonObject
                        {
                            ["id"] = price,
                            ["object"] = "price",
                            ["currency"] = "usd",
                            ["unit_amount"] = price.Contains("premium", StringComparison.Ordinal) ? 4900 : 1900,
                            ["recurring"] = new JsonObject
                            {
                                ["interval"] = price.EndsWith("yearly", StringComparison.Ordinal) ? "year" : "month",
                                ["interval_count"] = 1,
                            },
                        },
                    }
                ),
            },
        };
    }

    public string Event(string type, JsonObject payload, long? created = null, string? id = null) =>
        new JsonObject
        {
            ["id"] = id ?? Id("evt"),
            ["object"] = "event",
            ["api_version"] = "2020-08-27",
            ["created"] = created ?? Now,
            ["type"] = type,
            ["data"] = new JsonObject { ["object"] = payload.DeepClone() },
        }.ToJsonString();

    /// <summary>Sends an event as Stripe does; returns what became of it.</summary>
    public async Task<string> SendAsync(string body)
    {
        using var response = await PostAsync(body, Signature(body, Now));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await Tokens.JsonAsync(response)).GetProperty("outcome").GetString()!;
    }

    public async Task<HttpResponseMessage> PostAsync(string body, string? signature)
    {
        using var client = Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        return await client.SendAsync(request, Ct);
    }

    public static string Signature(string body, long at, string secret = WebhookSecret) =>
        $"t={at.ToString(CultureInfo.InvariantCulture)},v1="
        + EventUtility.ComputeSignature(secret, at.ToString(CultureInfo.InvariantCulture), body);

    public static async Task<JsonElement> CurrentAsync(ApiUser user) =>
        await Tokens.JsonAsync(await user.Client.GetAsync(new Uri("/api/v1/subscriptions/current", UriKind.Relative), Ct));

    public static async Task<string?> TierAsync(ApiUser user) => (await CurrentAsync(user)).GetProperty("tier").GetString();
}
