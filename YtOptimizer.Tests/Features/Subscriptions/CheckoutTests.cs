using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Api.Features.Subscriptions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Subscriptions;

/// <summary>Buying, changing and cancelling with Stripe.</summary>
public sealed class CheckoutTests(StripeRig rig) : IClassFixture<StripeRig>
{
    private const string Path = "/api/v1/subscriptions";
    private const string Created = "customer.subscription.created";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkout_OpensAPageForThePrice_AndThePlanComesWithStripesEvent()
    {
        var user = await rig.CreateUserAsync();
        using var opened = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "pro", billingInterval = "yearly" }, Ct);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.StartsWith(
            rig.Stripe.Address,
            (await Tokens.JsonAsync(opened)).GetProperty("checkoutUrl").GetString(),
            StringComparison.Ordinal
        );
        var form = rig.Stripe.Posted("/v1/checkout/sessions").Single(f => f["client_reference_id"] == user.Id.ToString());
        Assert.Equal("price_pro_yearly", form["line_items[0][price]"].ToString());
        Assert.Equal(user.Id.ToString(), form["subscription_data[metadata][user_id]"].ToString());
        Assert.StartsWith("http://localhost:4200/", form["success_url"].ToString(), StringComparison.Ordinal);
        Assert.Equal("free", await StripeRig.TierAsync(user));

        await rig.SendAsync(rig.Event(Created, rig.Subscription(rig.Id("sub"), form["customer"]!, "price_pro_yearly")));
        Assert.Equal("pro", await StripeRig.TierAsync(user));
        using var again = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "premium" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("already_subscribed", await CodeAsync(again));
        using var portal = await user.Client.PostAsync(Path + "/portal", null, Ct);
        Assert.EndsWith("/portal", (await Tokens.JsonAsync(portal)).GetProperty("portalUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_OfWhatIsNotSold_OrWhileStripeIsDown_IsRefused()
    {
        var user = await rig.CreateUserAsync();
        using var unsold = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "premium", billingInterval = "yearly" }, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "plan_not_for_sale"), (unsold.StatusCode, await CodeAsync(unsold)));
        using var unknown = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "enterprise" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var portal = await user.Client.PostAsync(Path + "/portal", null, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "never_paid"), (portal.StatusCode, await CodeAsync(portal)));
        using var upgrade = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "pro" }, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "checkout_required"), (upgrade.StatusCode, await CodeAsync(upgrade)));
        rig.Stripe.IsDown = true;
        using var down = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "pro" }, Ct);
        rig.Stripe.IsDown = false;
        Assert.Equal((HttpStatusCode.BadGateway, "payment_provider_failed"), (down.StatusCode, await CodeAsync(down)));
        using var anonymous = rig.Anonymous();
        using var nobody = await anonymous.PostAsJsonAsync(Path + "/checkout", new { tier = "pro" }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task PromoCode_AtCheckout_IsCountedAndGivenBackWhenItExpires()
    {
        var admin = await rig.CreateUserAsync("admin");
        var code = "HALF-" + Guid.CreateVersion7().ToString("N")[20..];
        using var made = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/promo-codes",
            new
            {
                code,
                discountPercentage = 50,
                maxUses = 1,
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (user, _) = await rig.CustomerAsync();
        using var opened = await user.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "pro", promoCode = code }, Ct);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var session = (await Tokens.JsonAsync(opened)).GetProperty("sessionId").GetString();
        Assert.Contains(rig.Stripe.Posted("/v1/coupons"), coupon => coupon["percent_off"] == "50" && coupon["duration"] == "once");

        var (other, _) = await rig.CustomerAsync();
        using var full = await other.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "pro", promoCode = code }, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "promo_unusable"), (full.StatusCode, await CodeAsync(full)));
        using var direct = await other.Client.PostAsJsonAsync(Path + "/promo-codes/redeem", new { code, tier = "pro" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, direct.StatusCode);

        var expired = rig.Event("checkout.session.expired", new JsonObject { ["id"] = session, ["object"] = "checkout.session" });
        Assert.Equal(["applied", "duplicate"], [await rig.SendAsync(expired), await rig.SendAsync(expired)]);
        Assert.Equal(0, await UsesAsync(code));
        using var now = await other.Client.PostAsJsonAsync(Path + "/checkout", new { tier = "pro", promoCode = code }, Ct);
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
        var paid = (await Tokens.JsonAsync(now)).GetProperty("sessionId").GetString();
        foreach (var type in new[] { "checkout.session.completed", "checkout.session.expired" })
        {
            await rig.SendAsync(rig.Event(type, new JsonObject { ["id"] = paid, ["object"] = "checkout.session" }));
        }

        Assert.Equal(1, await UsesAsync(code));
    }

    [Fact]
    public async Task TierChanges_UpAtOnce_DownWithTheNextPeriod()
    {
        var (user, id) = await SubscribedAsync("price_pro_monthly");
        using var up = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "premium" }, Ct);
        Assert.Equal("premium", (await Tokens.JsonAsync(up)).GetProperty("tier").GetString());
        Assert.Equal("always_invoice", rig.Stripe.Posted("/v1/subscriptions/" + id)[^1]["proration_behavior"].ToString());

        using var down = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "pro" }, Ct);
        var lowered = await Tokens.JsonAsync(down);
        Assert.Equal(("premium", "pro"), (lowered.GetProperty("tier").GetString(), lowered.GetProperty("pendingTier").GetString()));
        Assert.Equal("none", rig.Stripe.Posted("/v1/subscriptions/" + id)[^1]["proration_behavior"].ToString());

        // Stripe's own news of it say the same; the renewal brings the lower tier.
        var there = rig.Stripe.Subscriptions[id];
        await rig.SendAsync(rig.Event("customer.subscription.updated", there));
        Assert.Equal("premium", await StripeRig.TierAsync(user));
        var item = there["items"]!["data"]![0]!;
        item["current_period_start"] = item["current_period_end"]!.DeepClone();
        item["current_period_end"] = item["current_period_start"]!.GetValue<long>() + 30 * 86400;
        await rig.SendAsync(rig.Event("customer.subscription.updated", there, StripeRig.Now + 5));
        Assert.Equal("pro", await StripeRig.TierAsync(user));
        using var shorter = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "free", billingInterval = "yearly" }, Ct);
        Assert.True((await Tokens.JsonAsync(shorter)).GetProperty("cancelAtPeriodEnd").GetBoolean());
    }

    [Fact]
    public async Task CancelAndResume_AreAskedOfStripe()
    {
        var (user, id) = await SubscribedAsync("price_pro_monthly");
        using var cancelled = await user.Client.PostAsync(Path + "/cancel", null, Ct);
        var body = await Tokens.JsonAsync(cancelled);
        Assert.Equal(("pro", true), (body.GetProperty("tier").GetString(), body.GetProperty("cancelAtPeriodEnd").GetBoolean()));
        Assert.True(rig.Stripe.Subscriptions[id]["cancel_at_period_end"]!.GetValue<bool>());
        using var resumed = await user.Client.PostAsync(Path + "/resume", null, Ct);
        Assert.False((await Tokens.JsonAsync(resumed)).GetProperty("cancelAtPeriodEnd").GetBoolean());
        using var off = await user.Client.PutAsJsonAsync(Path + "/current", new { autoRenew = false }, Ct);
        Assert.True((await Tokens.JsonAsync(off)).GetProperty("cancelAtPeriodEnd").GetBoolean());
        var admin = await rig.CreateUserAsync("admin");
        using var given = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}/subscription", new { tier = "enterprise" }, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "billed_by_stripe"), (given.StatusCode, await CodeAsync(given)));
    }

    [Fact]
    public async Task DeletedAccount_IsCancelledAtStripe_WhenItAnswersAgain()
    {
        var (user, id) = await SubscribedAsync("price_pro_monthly");
        var admin = await rig.CreateUserAsync("admin");
        (await admin.Client.DeleteAsync(new Uri($"/api/v1/admin/users/{user.Id}", UriKind.Relative), Ct)).EnsureSuccessStatusCode();
        var job = rig.Services.GetRequiredService<CancelDeletedAtStripe>();
        rig.Stripe.IsDown = true;
        await job.RunAsync(Ct);
        rig.Stripe.IsDown = false;
        Assert.Equal((1, false), await CancellationAsync(id));
        await rig.Database.Db.ExecuteAsync("UPDATE stripe_cancellations SET next_at = now()", null, Ct);
        await job.RunAsync(Ct);
        Assert.Equal((2, true), await CancellationAsync(id));
        Assert.Contains(rig.Stripe.Calls, call => call.Request == "DELETE /v1/subscriptions/" + id);
    }

    private Task<(int Attempts, bool Done)> CancellationAsync(string id) =>
        rig.Database.Db.FirstOrDefaultAsync<(int, bool)>(
            "SELECT attempts, done_at IS NOT NULL FROM stripe_cancellations WHERE id = @id",
            new { id },
            Ct
        );

    private async Task<(ApiUser User, string Id)> SubscribedAsync(string price)
    {
        var (user, customer) = await rig.CustomerAsync();
        var id = rig.Id("sub");
        rig.Stripe.Subscriptions[id] = rig.Subscription(id, customer, price);
        await rig.SendAsync(rig.Event(Created, rig.Stripe.Subscriptions[id], StripeRig.Now - 30));
        return (user, id);
    }

    private Task<int> UsesAsync(string code) =>
        rig.Database.Db.ScalarAsync<int>("SELECT current_uses FROM promo_codes WHERE code = upper(@code)", new { code }, Ct);

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await Tokens.JsonAsync(response)).GetProperty("code").GetString();
}
