using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Subscriptions;

public sealed class PromoCodeTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Path = "/api/v1/subscriptions/promo-codes";
    private const string AdminPath = "/api/v1/admin/promo-codes";

    private ApiUser admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => admin = await api.CreateUserAsync("admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Redeem_AHundredAtOnceOfTenUses_GivesExactlyTen()
    {
        var code = await CreateAsync(
            new
            {
                discountPercentage = 100,
                maxUses = 10,
                applicableTiers = new[] { "pro" },
            }
        );
        var users = new List<ApiUser>();
        for (var i = 0; i < 20; i++)
        {
            users.Add(await api.CreateUserAsync());
        }

        // Each of twenty accounts asks five times at once.
        var answers = await Task.WhenAll(
            users
                .SelectMany(user => Enumerable.Repeat(user.Client, 5))
                .Select(client => client.PostAsJsonAsync(Path + "/redeem", new { code }, Ct))
        );
        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(90, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(
            "10 10 10",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT c.current_uses || ' ' || count(u.*) || ' ' || count(DISTINCT s.user_id) FILTER (WHERE s.tier = 'pro')
                FROM promo_codes c JOIN promo_code_usage u ON u.promo_code_id = c.id JOIN user_subscriptions s ON s.user_id = u.user_id
                WHERE c.code = @code GROUP BY c.id
                """,
                new { code },
                Ct
            )
        );
    }

    [Fact]
    public async Task Redeem_GivesThePlanForItsMonths_AndOnlyOnce()
    {
        var code = await CreateAsync(new { discountPercentage = 100, durationMonths = 3 });
        var user = await api.CreateUserAsync();
        using var which = await user.Client.PostAsJsonAsync(Path + "/redeem", new { code }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, which.StatusCode);
        using var redeemed = await user.Client.PostAsJsonAsync(
            Path + "/redeem",
            new { code = code.ToLowerInvariant(), tier = "premium" },
            Ct
        );
        var plan = await Tokens.JsonAsync(redeemed);
        Assert.Equal(("premium", true), (plan.GetProperty("tier").GetString(), plan.GetProperty("cancelAtPeriodEnd").GetBoolean()));
        var months = plan.GetProperty("currentPeriodEnd").GetDateTime() - plan.GetProperty("currentPeriodStart").GetDateTime();
        Assert.InRange(months.TotalDays, 89, 93);
        // Limits still count by the month.
        Assert.InRange(
            (plan.GetProperty("limitsResetAt").GetDateTime() - plan.GetProperty("currentPeriodStart").GetDateTime()).TotalDays,
            27,
            32
        );
        using var again = await user.Client.PostAsJsonAsync(Path + "/redeem", new { code, tier = "enterprise" }, Ct);
        Assert.Equal(("promo_unusable", HttpStatusCode.Conflict), (await CodeAsync(again), again.StatusCode));
        var other = await CreateAsync(new { discountPercentage = 100 });
        using var lower = await user.Client.PostAsJsonAsync(Path + "/redeem", new { code = other, tier = "pro" }, Ct);
        Assert.Equal("already_subscribed", await CodeAsync(lower));
    }

    [Fact]
    public async Task Validate_SaysWhyACodeCannotBeUsed()
    {
        var user = await api.CreateUserAsync();
        var good = await CreateAsync(
            new
            {
                discountAmount = 500,
                currency = "EUR",
                applicableTiers = new[] { "pro" },
            }
        );
        var body = await ValidateAsync(user, new { code = good, tier = "pro" });
        Assert.True(body.GetProperty("valid").GetBoolean());
        Assert.Equal(
            (500, "EUR"),
            (
                body.GetProperty("data").GetProperty("discountAmount").GetInt32(),
                body.GetProperty("data").GetProperty("currency").GetString()
            )
        );
        using var direct = await user.Client.PostAsJsonAsync(Path + "/redeem", new { code = good }, Ct);
        Assert.Equal("promo_needs_checkout", await CodeAsync(direct));

        var (future, past, disabled) = (
            await CreateAsync(new { discountPercentage = 100, validFrom = "2126-01-01T00:00:00Z" }),
            await CreateAsync(
                new
                {
                    discountPercentage = 100,
                    validFrom = "2020-01-01T00:00:00Z",
                    validUntil = "2020-02-01T00:00:00Z",
                }
            ),
            await CreateAsync(new { discountPercentage = 100 })
        );
        using var off = await admin.Client.PostAsync($"{AdminPath}/{await IdAsync(disabled)}/disable", null, Ct);
        Assert.False((await Tokens.JsonAsync(off)).GetProperty("isActive").GetBoolean());
        foreach (
            var (code, tier, message) in new (string, string?, string)[]
            {
                ("NOBODYS-CODE", null, "There is no such promo code."),
                (good, "premium", "This promo code is for pro."),
                (future, null, "This promo code is not valid now."),
                (past, null, "This promo code is not valid now."),
                (disabled, null, "This promo code is not valid now."),
            }
        )
        {
            var answer = await ValidateAsync(user, new { code, tier });
            Assert.Equal((false, message), (answer.GetProperty("valid").GetBoolean(), answer.GetProperty("message").GetString()));
            using var refused = await user.Client.PostAsJsonAsync(Path + "/redeem", new { code, tier }, Ct);
            Assert.Equal(("promo_unusable", HttpStatusCode.Conflict), (await CodeAsync(refused), refused.StatusCode));
        }

        Assert.Equal("free", await StripeRig.TierAsync(user));
    }

    [Fact]
    public async Task Codes_AreAdministrators_AndAudited()
    {
        var code = await CreateAsync(
            new
            {
                discountPercentage = 20,
                description = "Spring",
                maxUses = 5,
            }
        );
        using var taken = await admin.Client.PostAsJsonAsync(
            AdminPath,
            new { code = code.ToLowerInvariant(), discountPercentage = 10 },
            Ct
        );
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        foreach (
            var bad in new object[]
            {
                new { },
                new { discountPercentage = 10, discountAmount = 10 },
                new { discountPercentage = 101 },
                new { discountPercentage = 10, applicableTiers = new[] { "free" } },
                new { discountPercentage = 10, code = "a b" },
                new
                {
                    discountPercentage = 10,
                    validFrom = "2026-02-01T00:00:00Z",
                    validUntil = "2026-01-01T00:00:00Z",
                },
            }
        )
        {
            using var refused = await admin.Client.PostAsJsonAsync(AdminPath, bad, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        var listed = await Tokens.JsonAsync(await admin.Client.GetAsync(AdminPath + "?limit=100", Ct));
        Assert.Contains(listed.GetProperty("data").EnumerateArray(), item => item.GetProperty("code").GetString() == code);
        using var missing = await admin.Client.PostAsync($"{AdminPath}/{Guid.CreateVersion7()}/disable", null, Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM audit_trail WHERE action = 'create_promo_code' AND new_values ->> 'code' = @code AND "
                    + "actor_id = @Id",
                new { code, admin.Id },
                Ct
            )
        );
        var moderator = await api.CreateUserAsync("moderator");
        foreach (
            var answer in new[]
            {
                await moderator.Client.GetAsync(AdminPath, Ct),
                await moderator.Client.PostAsJsonAsync(AdminPath, new { discountPercentage = 100 }, Ct),
                await moderator.Client.PostAsync($"{AdminPath}/{Guid.CreateVersion7()}/disable", null, Ct),
            }
        )
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private async Task<string> CreateAsync(object body)
    {
        using var response = await admin.Client.PostAsJsonAsync(AdminPath, body, Ct);
        var created = await Tokens.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, created.ToString());
        return created.GetProperty("code").GetString()!;
    }

    private Task<Guid> IdAsync(string code) =>
        api.Database.Db.ScalarAsync<Guid>("SELECT id FROM promo_codes WHERE code = @code", new { code }, Ct);

    private static async Task<JsonElement> ValidateAsync(ApiUser user, object body)
    {
        using var response = await user.Client.PostAsJsonAsync(Path + "/validate", body, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Tokens.JsonAsync(response);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await Tokens.JsonAsync(response)).GetProperty("code").GetString();
}
