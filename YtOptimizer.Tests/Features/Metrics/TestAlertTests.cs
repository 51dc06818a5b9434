using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Metrics;

public sealed class TestAlertTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TestAlert_ByMail_ArrivesOnceWithinTheCoolDownAndIsInTheAuditTrail()
    {
        await using var mail = await FakeSmtp.StartAsync();
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["ALERT_EMAIL"] = "ops@example.com",
                ["SMTP_HOST"] = "127.0.0.1",
                ["SMTP_PORT"] = mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["SMTP_SECURE"] = "false",
            }
        );
        var admin = await api.CreateUserAsync("admin");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.Client.GetAsync("/api/v1/test-alert?channel=email", Ct)));
        Assert.Equal([200, 429, 429, 429], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.All(answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests), answer =>
            Assert.NotNull(answer.Headers.RetryAfter)
        );
        Assert.Contains("Test alert", Assert.Single(mail.Messages));
        Assert.Equal(
            "email",
            await api.Database.Db.ScalarAsync<string>("SELECT entity_id FROM audit_trail WHERE action = 'send_test_alert'", null, Ct)
        );

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Client.GetAsync("/api/v1/test-alert?channel=whatsapp", Ct)).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await admin.Client.GetAsync("/api/v1/test-alert?channel=telegram", Ct)).StatusCode
        );
    }

    [Fact]
    public async Task TestAlert_NothingConfiguredOrRefusedByTheServer_SaysWhatToSet()
    {
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?> { ["ALERT_WEBHOOK_URL"] = "http://127.0.0.1:9/secret-path" }
        );
        var admin = await api.CreateUserAsync("admin");
        var answer = await admin.Client.GetAsync("/api/v1/test-alert", Ct);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("secret-path", await answer.Content.ReadAsStringAsync(Ct));

        await using var bare = await ApiFixture.StartAsync();
        var other = await bare.CreateUserAsync("admin");
        var refused = await other.Client.GetAsync("/api/v1/test-alert", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("TELEGRAM_BOT_TOKEN", await refused.Content.ReadAsStringAsync(Ct));
        foreach (var role in new[] { "user", "moderator" })
        {
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await (await bare.CreateUserAsync(role)).Client.GetAsync("/api/v1/test-alert", Ct)).StatusCode
            );
        }

        using var anonymous = bare.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync("/api/v1/test-alert", Ct)).StatusCode);
    }

    [Fact]
    public async Task Health_StuckAlertsAndOpenCircuit_DegradeAndSayWhy()
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "dummy-key" });
        using var anonymous = api.Anonymous();
        var services = await ServicesAsync(anonymous);
        Assert.Equal("healthy", services.GetProperty("alerts").GetProperty("status").GetString());
        Assert.Equal("healthy", services.GetProperty("openai").GetProperty("status").GetString());
        Assert.Contains("not configured", services.GetProperty("youtube").GetProperty("message").GetString());

        await api.Database.Db.ExecuteAsync(
            """
            INSERT INTO alert_outbox (channel, dedup_key, title, body, due_at) VALUES ('telegram', 'x', 't', 'b',
                now() - interval '20 minutes');
            INSERT INTO upstream_states (upstream, state, reason, open_until) VALUES ('openai', 'open', 'quotaExceeded',
                now() + interval '1 minute');
            """,
            null,
            Ct
        );
        await Eventually.TrueAsync(
            async () =>
            {
                var now = await ServicesAsync(anonymous);
                return now.GetProperty("alerts").GetProperty("status").GetString() == "degraded"
                    && now.GetProperty("openai").GetProperty("message").GetString()!.Contains("quotaExceeded", StringComparison.Ordinal);
            },
            "health tells of stuck alerts and the open circuit",
            TimeSpan.FromSeconds(60)
        );
        var overall = await anonymous.GetAsync("/health", Ct);
        Assert.Equal(HttpStatusCode.OK, overall.StatusCode);

        // A channel that is broken before it is needed shows as well.
        await api.Database.Db.ExecuteAsync(
            "DELETE FROM alert_outbox; INSERT INTO alert_channels (channel, alive_at) VALUES ('telegram', now() - interval '20 minutes')",
            null,
            Ct
        );
        await Eventually.TrueAsync(
            async () =>
                (await ServicesAsync(anonymous))
                    .GetProperty("alerts")
                    .GetProperty("message")
                    .GetString()!
                    .StartsWith("Telegram has not answered", StringComparison.Ordinal),
            "health tells of a silent Telegram",
            TimeSpan.FromSeconds(60)
        );
    }

    private static async Task<JsonElement> ServicesAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/health", Ct)).GetProperty("services");
}
