using System.Net;
using System.Text.Json.Nodes;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Subscriptions;

/// <summary>Stripe's events as they really come: twice, late, in any order, forged.</summary>
public sealed class StripeEventTests(StripeRig rig) : IClassFixture<StripeRig>
{
    private const string Created = "customer.subscription.created";
    private const string Updated = "customer.subscription.updated";
    private const string Deleted = "customer.subscription.deleted";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("012")]
    [InlineData("021")]
    [InlineData("102")]
    [InlineData("120")]
    [InlineData("201")]
    [InlineData("210")]
    public async Task Upgrade_InAnyOrder_EndsWithTheLatest(string order)
    {
        var (user, customer) = await rig.CustomerAsync();
        var (id, t) = (rig.Id("sub"), StripeRig.Now - 60);
        string[] events =
        [
            rig.Event(Created, rig.Subscription(id, customer, status: "incomplete"), t),
            rig.Event(Updated, rig.Subscription(id, customer), t),
            rig.Event(Updated, rig.Subscription(id, customer, "price_premium_monthly"), t + 5),
        ];
        foreach (var index in order)
        {
            await rig.SendAsync(events[index - '0']);
        }

        var current = await StripeRig.CurrentAsync(user);
        Assert.Equal(("premium", "active"), (current.GetProperty("tier").GetString(), current.GetProperty("status").GetString()));
        Assert.Equal((4900, id), (current.GetProperty("amount").GetInt32(), current.GetProperty("stripeSubscriptionId").GetString()));
        Assert.Equal("stripe", current.GetProperty("managedBy").GetString());
    }

    [Theory]
    [InlineData("012")]
    [InlineData("021")]
    [InlineData("102")]
    [InlineData("120")]
    [InlineData("201")]
    [InlineData("210")]
    public async Task End_InAnyOrder_IsFree(string order)
    {
        var (user, customer) = await rig.CustomerAsync();
        var (id, t) = (rig.Id("sub"), StripeRig.Now - 60);
        string[] events =
        [
            rig.Event(Created, rig.Subscription(id, customer), t),
            rig.Event(Updated, rig.Subscription(id, customer, "price_premium_monthly"), t),
            rig.Event(Deleted, rig.Subscription(id, customer, "price_premium_monthly", "canceled"), t),
        ];
        foreach (var index in order)
        {
            await rig.SendAsync(events[index - '0']);
        }

        var current = await StripeRig.CurrentAsync(user);
        Assert.Equal(("free", "none"), (current.GetProperty("tier").GetString(), current.GetProperty("managedBy").GetString()));
    }

    [Fact]
    public async Task Event_ManyTimesAtOnce_IsAppliedOnce()
    {
        var (user, customer) = await rig.CustomerAsync();
        var body = rig.Event(Created, rig.Subscription(rig.Id("sub"), customer));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => rig.SendAsync(body)));
        Assert.Equal(11, outcomes.Count(outcome => outcome == "duplicate"));
        Assert.Single(outcomes, outcome => outcome == "applied");
        Assert.Equal(
            1,
            await rig.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM user_logs WHERE user_id = @Id AND activity_type = 'subscription_change'",
                new { user.Id },
                Ct
            )
        );
        Assert.Equal("pro", await StripeRig.TierAsync(user));
    }

    [Fact]
    public async Task Signature_WrongOldOrMissing_ChangesNothing()
    {
        var (user, customer) = await rig.CustomerAsync();
        var body = rig.Event(Created, rig.Subscription(rig.Id("sub"), customer));
        string?[] signatures =
        [
            null,
            "",
            "garbage",
            StripeRig.Signature(body, StripeRig.Now, "another-secret"),
            StripeRig.Signature(body + " ", StripeRig.Now),
            StripeRig.Signature(body, StripeRig.Now - 301),
            StripeRig.Signature(body, StripeRig.Now - 301).Replace("t=", $"t={StripeRig.Now},x=", StringComparison.Ordinal),
        ];
        foreach (var signature in signatures)
        {
            using var response = await rig.PostAsync(body, signature);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal("free", await StripeRig.TierAsync(user));
        Assert.Equal(
            0,
            await rig.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM stripe_events WHERE id = @id",
                new { id = JsonNode.Parse(body)!["id"]!.GetValue<string>() },
                Ct
            )
        );
    }

    [Fact]
    public async Task Ties_OfTheSameSecond_AreSettledByAskingStripe()
    {
        var (user, customer) = await rig.CustomerAsync();
        var (id, t) = (rig.Id("sub"), StripeRig.Now - 10);
        rig.Stripe.Subscriptions[id] = rig.Subscription(id, customer, "price_premium_monthly");
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer, "price_premium_monthly"), t));
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer), t));
        Assert.Equal("premium", await StripeRig.TierAsync(user));

        // Without an answer the event is not taken, and comes again.
        var again = rig.Event(Updated, rig.Subscription(id, customer), t);
        rig.Stripe.IsDown = true;
        using (var refused = await rig.PostAsync(again, StripeRig.Signature(again, StripeRig.Now)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        rig.Stripe.IsDown = false;
        Assert.Equal("applied", await rig.SendAsync(again));
        Assert.Equal("premium", await StripeRig.TierAsync(user));
    }

    [Fact]
    public async Task LateNewsOfAnEarlierSubscription_DoesNotDisturbTheLaterOne()
    {
        var (user, customer) = await rig.CustomerAsync();
        var (first, second, t) = (rig.Id("sub"), rig.Id("sub"), StripeRig.Now);
        await rig.SendAsync(rig.Event(Created, rig.Subscription(first, customer, created: t - 9000), t - 9000));
        await rig.SendAsync(rig.Event(Created, rig.Subscription(second, customer, "price_premium_monthly", created: t - 50), t - 50));
        Assert.Equal(
            "stale",
            await rig.SendAsync(rig.Event(Deleted, rig.Subscription(first, customer, status: "canceled", created: t - 9000), t - 20))
        );
        Assert.Equal("premium", await StripeRig.TierAsync(user));
    }

    [Fact]
    public async Task FailedFirstPayments_GiveNoPlanAndNoNewPeriod()
    {
        var (user, customer) = await rig.CustomerAsync();
        var before = (await StripeRig.CurrentAsync(user)).GetProperty("limitsResetAt").GetDateTime();
        var id = rig.Id("sub");
        Assert.Equal("ignored", await rig.SendAsync(rig.Event(Created, rig.Subscription(id, customer, status: "incomplete"))));
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer, status: "incomplete_expired")));
        var current = await StripeRig.CurrentAsync(user);
        Assert.Equal(("free", before), (current.GetProperty("tier").GetString(), current.GetProperty("limitsResetAt").GetDateTime()));
    }

    [Fact]
    public async Task PastDueAndUnpaid_KeepAndLoseThePlan()
    {
        var (user, customer) = await rig.CustomerAsync();
        var (id, t) = (rig.Id("sub"), StripeRig.Now - 60);
        await rig.SendAsync(rig.Event(Created, rig.Subscription(id, customer), t));
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer, status: "past_due"), t + 1));
        Assert.Equal(("pro", "past_due"), await PlanAsync(user));
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer, status: "unpaid"), t + 2));
        Assert.Equal(("free", "active"), await PlanAsync(user));
        await rig.SendAsync(rig.Event(Updated, rig.Subscription(id, customer), t + 3));
        Assert.Equal(("pro", "active"), await PlanAsync(user));
    }

    [Fact]
    public async Task Invoices_InAnyOrder_AreOneRowThatOnlyGrows()
    {
        var (user, customer) = await rig.CustomerAsync();
        var (invoice, payment) = (rig.Id("in"), rig.Id("pi"));
        rig.Stripe.Invoices[payment] = invoice;
        var paid = rig.Event("invoice.paid", Invoice(invoice, customer));
        var failed = rig.Event("invoice.payment_failed", Invoice(invoice, customer));
        var half = rig.Event("charge.refunded", Charge(payment, customer, 700, false));
        var refunded = rig.Event("charge.refunded", Charge(payment, customer, 1900, true));
        foreach (
            var (body, status, back) in new[]
            {
                (half, "paid", 700),
                (paid, "paid", 700),
                (failed, "paid", 700),
                (refunded, "refunded", 1900),
                (half, "refunded", 1900),
            }
        )
        {
            await rig.SendAsync(body);
            var row = Assert.Single(await HistoryAsync(user));
            Assert.Equal(
                (status, back, 1900),
                (row.GetProperty("status").GetString(), row.GetProperty("amountRefunded").GetInt32(), row.GetProperty("amount").GetInt32())
            );
        }

        var (other, otherCustomer) = await rig.CustomerAsync();
        var bad = rig.Id("in");
        await rig.SendAsync(rig.Event("invoice.payment_failed", Invoice(bad, otherCustomer)));
        Assert.Equal("failed", (await HistoryAsync(other))[0].GetProperty("status").GetString());
        Assert.Equal(
            1,
            await rig.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM notifications WHERE user_id = @Id AND dedup_key = 'payment-failed:' || @bad",
                new { other.Id, bad },
                Ct
            )
        );
        await rig.SendAsync(rig.Event("invoice.paid", Invoice(bad, otherCustomer)));
        Assert.Equal("paid", (await HistoryAsync(other))[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task UnknownKindsAndCustomers_AreAcknowledged()
    {
        Assert.Equal(
            "ignored",
            await rig.SendAsync(rig.Event("radar.early_fraud_warning.created", new JsonObject { ["object"] = "something.new" }))
        );
        Assert.Equal(
            "ignored",
            await rig.SendAsync(rig.Event("product.created", new JsonObject { ["id"] = "prod_1", ["object"] = "product" }))
        );
        Assert.Equal("unknown_customer", await rig.SendAsync(rig.Event(Created, rig.Subscription(rig.Id("sub"), rig.Id("cus")))));
        Assert.Equal("unknown_customer", await rig.SendAsync(rig.Event("invoice.paid", Invoice(rig.Id("in"), rig.Id("cus")))));
    }

    private static async Task<(string?, string?)> PlanAsync(ApiUser user)
    {
        var current = await StripeRig.CurrentAsync(user);
        return (current.GetProperty("tier").GetString(), current.GetProperty("status").GetString());
    }

    private static async Task<List<System.Text.Json.JsonElement>> HistoryAsync(ApiUser user) =>
        [
            .. (await Tokens.JsonAsync(await user.Client.GetAsync(new Uri("/api/v1/subscriptions/billing-history", UriKind.Relative), Ct)))
                .GetProperty("data")
                .EnumerateArray(),
        ];

    private static JsonObject Invoice(string id, string customer) =>
        new()
        {
            ["id"] = id,
            ["object"] = "invoice",
            ["customer"] = customer,
            ["amount_due"] = 1900,
            ["amount_paid"] = 1900,
            ["currency"] = "usd",
            ["created"] = StripeRig.Now,
            ["description"] = "Pro, one month",
        };

    private static JsonObject Charge(string payment, string customer, int refunded, bool full) =>
        new()
        {
            ["id"] = "ch_1",
            ["object"] = "charge",
            ["customer"] = customer,
            ["payment_intent"] = payment,
            ["amount"] = 1900,
            ["amount_refunded"] = refunded,
            ["refunded"] = full,
            ["currency"] = "usd",
            ["created"] = StripeRig.Now,
        };
}
