using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Subscriptions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Subscriptions;

/// <summary>Plans on a server that takes no payments.</summary>
public sealed class SubscriptionTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Path = "/api/v1/subscriptions";

    private ApiUser admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => admin = await api.CreateUserAsync("admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("GET", "/current")]
    [InlineData("PUT", "/current")]
    [InlineData("GET", "/usage")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/resume")]
    [InlineData("POST", "/trial")]
    [InlineData("POST", "/checkout")]
    [InlineData("POST", "/portal")]
    [InlineData("GET", "/billing-history")]
    [InlineData("POST", "/promo-codes/validate")]
    [InlineData("POST", "/promo-codes/redeem")]
    public async Task Subscriptions_WithoutAToken_Are401(string method, string path)
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path) { Content = JsonContent.Create(new { }) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task NewAccount_IsFree_WithThePlansFeaturesAndAPeriod()
    {
        var user = await api.CreateUserAsync();
        var current = await GetAsync(user, "/current");
        Assert.Equal(("free", "active", "none"), (Text(current, "tier"), Text(current, "status"), Text(current, "managedBy")));
        Assert.Equal(user.Id, current.GetProperty("userId").GetGuid());
        Assert.Equal(5, current.GetProperty("features").GetProperty("maxAnalysesPerMonth").GetInt32());
        Assert.True(current.GetProperty("trialAvailable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, current.GetProperty("nextBillingDate").ValueKind);
        var usage = await GetAsync(user, "/usage");
        var monthly = usage.GetProperty("monthlyUsage");
        Assert.Equal((0, 5), (monthly.GetProperty("analysesUsed").GetInt32(), monthly.GetProperty("analysesAllowed").GetInt32()));
        Assert.Equal(current.GetProperty("limitsResetAt").GetDateTime(), monthly.GetProperty("billingPeriodEnd").GetDateTime());
        Assert.False(usage.GetProperty("approachingLimits").GetBoolean());
        Assert.InRange(usage.GetProperty("daysUntilBilling").GetInt32(), 28, 31);
        Assert.Equal(0, (await GetAsync(user, "/billing-history")).GetProperty("pagination").GetProperty("total").GetInt32());
        using var bad = await user.Client.GetAsync(Path + "/billing-history?page=0", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Usage_FromEightyPercentOn_WarnsWithTheDateOfTheNextPeriod()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO quota_reservations (job_id, user_id, period_start) SELECT gen_random_uuid(), @Id, p.period_start FROM "
                + "plan_state(@Id, now()) p, generate_series(1, 4)",
            new { user.Id },
            Ct
        );
        var usage = await GetAsync(user, "/usage");
        Assert.True(usage.GetProperty("approachingLimits").GetBoolean());
        Assert.Equal(80, usage.GetProperty("monthlyUsage").GetProperty("usagePercentage").GetInt32());
        Assert.StartsWith(
            "4 of 5 analyses of this period are used. The next period begins on ",
            usage.GetProperty("warnings")[0].GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Plans_ForEverybody_SayThatNothingIsSold()
    {
        using var client = api.Anonymous();
        var body = await Tokens.JsonAsync(await client.GetAsync(new Uri(Path + "/plans", UriKind.Relative), Ct));
        Assert.Equal(
            ["free", "pro", "premium", "enterprise"],
            body.GetProperty("plans").EnumerateArray().Select(plan => Text(plan, "tier"))
        );
        Assert.False(body.GetProperty("paymentsEnabled").GetBoolean());
        Assert.All(body.GetProperty("plans").EnumerateArray(), plan => Assert.False(plan.GetProperty("monthly").GetBoolean()));
    }

    [Fact]
    public async Task PaidTiers_WithoutPayments_CannotBeTaken()
    {
        var user = await api.CreateUserAsync();
        foreach (
            var (method, path, body) in new (HttpMethod, string, object)[]
            {
                (HttpMethod.Put, "/current", new { tier = "pro" }),
                (HttpMethod.Put, "/current", new { tier = "enterprise", billingInterval = "yearly" }),
                (HttpMethod.Post, "/checkout", new { tier = "premium" }),
                (HttpMethod.Post, "/portal", new { }),
            }
        )
        {
            using var request = new HttpRequestMessage(method, Path + path) { Content = JsonContent.Create(body) };
            using var response = await user.Client.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Equal("payments_not_configured", Text(await Tokens.JsonAsync(response), "code"));
        }

        using var webhook = await api.Anonymous().PostAsJsonAsync("/webhooks/stripe", new { }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, webhook.StatusCode);
        using var wrong = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "gold" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        foreach (var path in new[] { "/cancel", "/resume" })
        {
            using var nothing = await user.Client.PostAsync(Path + path, null, Ct);
            Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        }

        Assert.Equal("free", Text(await GetAsync(user, "/current"), "tier"));
    }

    [Fact]
    public async Task Trial_IsGivenOnce_AndEndsByItself()
    {
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.Client.PostAsync(Path + "/trial", null, Ct)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var current = await GetAsync(user, "/current");
        Assert.Equal(("pro", "trialing", "free"), (Text(current, "tier"), Text(current, "status"), Text(current, "pendingTier")));

        await EndPeriodAsync(user);
        Assert.Equal("free", Text(await GetAsync(user, "/current"), "tier"));
        await new SubscriptionPeriods(api.Database.Db).RunAsync(Ct);
        Assert.Equal("free active", await StoredAsync(user));
        Assert.Equal(1, await CardsAsync(user, "subscription_changed"));
        using var again = await user.Client.PostAsync(Path + "/trial", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task GivenPlan_CanBeLoweredCancelledAndResumed_AndEndsWithItsPeriod()
    {
        var user = await api.CreateUserAsync();
        await SetAsync(user, new { tier = "premium", reason = "partner" });
        using var lower = await user.Client.PutAsJsonAsync(Path + "/current", new { tier = "pro" }, Ct);
        var lowered = await Tokens.JsonAsync(lower);
        Assert.Equal(("premium", "pro"), (Text(lowered, "tier"), Text(lowered, "pendingTier")));
        await EndPeriodAsync(user);
        Assert.Equal("pro", Text(await GetAsync(user, "/current"), "tier"));
        await new SubscriptionPeriods(api.Database.Db).RunAsync(Ct);
        Assert.Equal("pro active", await StoredAsync(user));

        using var cancelled = await user.Client.PostAsync(Path + "/cancel", null, Ct);
        Assert.True((await Tokens.JsonAsync(cancelled)).GetProperty("cancelAtPeriodEnd").GetBoolean());
        using var resumed = await user.Client.PostAsync(Path + "/resume", null, Ct);
        Assert.False((await Tokens.JsonAsync(resumed)).GetProperty("cancelAtPeriodEnd").GetBoolean());
        using var off = await user.Client.PutAsJsonAsync(Path + "/current", new { autoRenew = false }, Ct);
        Assert.Equal(HttpStatusCode.OK, off.StatusCode);
        await EndPeriodAsync(user);
        Assert.Equal("free", Text(await GetAsync(user, "/current"), "tier"));
    }

    [Fact]
    public async Task SetSubscription_ByAnAdministrator_KeepsUsageAndIsAudited()
    {
        var user = await api.CreateUserAsync();
        var reset = (await GetAsync(user, "/current")).GetProperty("limitsResetAt").GetDateTime();
        await SetAsync(user, new { tier = "pro", reason = "a gift" });
        var current = await GetAsync(user, "/current");
        Assert.Equal(("pro", reset), (Text(current, "tier"), current.GetProperty("limitsResetAt").GetDateTime()));
        Assert.Equal(
            "free>pro|a gift|1",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT (old_values ->> 'tier') || '>' || (new_values ->> 'tier') || '|' || reason || '|' || (SELECT count(*) FROM user_logs
                    WHERE user_id = @admin AND activity_type = 'set_subscription' AND log_type = 'security'
                    AND description LIKE '%' || @id || '%')
                FROM audit_trail WHERE action = 'set_subscription' AND entity_id = @id
                """,
                new { id = user.Id.ToString(), admin = admin.Id },
                Ct
            )
        );
        var until = TimeProvider.System.GetUtcNow().AddDays(3);
        await SetAsync(user, new { tier = "premium", until });
        Assert.True((await GetAsync(user, "/current")).GetProperty("cancelAtPeriodEnd").GetBoolean());
        using var forever = await user.Client.PostAsync(Path + "/resume", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, forever.StatusCode);
        await new SubscriptionReminders(api.Database.Db).RunAsync(Ct);
        Assert.Equal(1, await CardsAsync(user, "subscription_expiring"));

        foreach (var body in new object[] { new { tier = "gold" }, new { tier = "pro", until = "2020-01-01T00:00:00Z" }, new { } })
        {
            using var bad = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}/subscription", body, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        }

        using var nobody = await admin.Client.PutAsJsonAsync(
            $"/api/v1/admin/users/{Guid.CreateVersion7()}/subscription",
            new { tier = "pro" },
            Ct
        );
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        var moderator = await api.CreateUserAsync("moderator");
        using var self = await moderator.Client.PutAsJsonAsync(
            $"/api/v1/admin/users/{moderator.Id}/subscription",
            new { tier = "pro" },
            Ct
        );
        Assert.Equal(HttpStatusCode.Forbidden, self.StatusCode);
    }

    private async Task SetAsync(ApiUser user, object body)
    {
        using var response = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}/subscription", body, Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>As if a month had passed.</summary>
    private Task EndPeriodAsync(ApiUser user) =>
        api.Database.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET current_period_start = current_period_start - (current_period_end - now()) - interval '1 hour', "
                + "current_period_end = now() - interval '1 hour' WHERE user_id = @Id",
            new { user.Id },
            Ct
        );

    private Task<string?> StoredAsync(ApiUser user) =>
        api.Database.Db.ScalarAsync<string>(
            "SELECT tier || ' ' || status FROM user_subscriptions WHERE user_id = @Id",
            new { user.Id },
            Ct
        );

    private Task<int> CardsAsync(ApiUser user, string fact) =>
        api.Database.Db.ScalarAsync<int>(
            "SELECT count(*)::int FROM notifications WHERE user_id = @Id AND metadata ->> 'fact' = @fact",
            new { user.Id, fact },
            Ct
        );

    private static async Task<JsonElement> GetAsync(ApiUser user, string path) =>
        await Tokens.JsonAsync(await user.Client.GetAsync(new Uri(Path + path, UriKind.Relative), Ct));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
