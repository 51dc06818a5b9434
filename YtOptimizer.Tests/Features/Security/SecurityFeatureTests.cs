using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Security;

public sealed class SecurityFeatureTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_OfTheCaller_AreListedAndOthersAreNot()
    {
        var (me, other) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        var events = new SecurityEvents(api.Database.Db);
        await events.RecordAsync(
            new SecurityEvent(SecurityEventTypes.DataExport)
            {
                UserId = me.Id,
                IpAddress = IPAddress.Parse("192.0.2.1"),
                Metadata = new { rows = 3 },
            },
            Ct
        );
        await events.RecordAsync(new SecurityEvent(SecurityEventTypes.DataExport) { UserId = other.Id }, Ct);

        var page = await me.Client.GetFromJsonAsync<JsonElement>("/api/v1/audit/events?eventType=data_export&limit=10", Ct);
        Assert.Equal(1, page.GetProperty("total").GetInt64());
        var row = page.GetProperty("events")[0];
        Assert.Equal("192.0.2.1", row.GetProperty("ipAddress").GetString());
        Assert.Equal(3, row.GetProperty("metadata").GetProperty("rows").GetInt32());
        Assert.Equal("data_management", row.GetProperty("eventCategory").GetString());

        var stats = await me.Client.GetFromJsonAsync<JsonElement>("/api/v1/audit/stats?timeRange=day", Ct);
        Assert.Equal(1, stats.GetProperty("eventsByType").GetProperty("data_export").GetInt64());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await me.Client.GetAsync(new Uri("/api/v1/audit/stats?timeRange=year", UriKind.Relative), Ct)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await me.Client.GetAsync(new Uri("/api/v1/audit/events?limit=1000", UriKind.Relative), Ct)).StatusCode
        );
    }

    [Theory]
    [InlineData("user", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("moderator", HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Administration_ByRole_IsAsTheContractSays(string role, HttpStatusCode events, HttpStatusCode limits)
    {
        var user = await api.CreateUserAsync(role);
        foreach (var path in new[] { "/api/v1/audit/admin/events", "/api/v1/audit/admin/stats" })
        {
            Assert.Equal(events, (await user.Client.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);
        }

        foreach (var path in new[] { "/api/v1/admin/rate-limits/stats", "/api/v1/admin/rate-limits/blocked" })
        {
            Assert.Equal(limits, (await user.Client.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task Block_ListUnblock_ShowInLedgerTrailAndEvents()
    {
        var admin = await api.CreateUserAsync("admin");
        using var blocked = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/rate-limits/block",
            new
            {
                ipAddress = "198.51.100.77",
                durationMinutes = 60,
                reason = "scanning for holes",
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, blocked.StatusCode);
        var list = await admin.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/rate-limits/blocked", Ct);
        Assert.Contains(list.GetProperty("data").EnumerateArray(), i => i.GetProperty("ipAddress").GetString() == "198.51.100.77");
        var stats = await admin.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/rate-limits/stats", Ct);
        Assert.True(stats.GetProperty("currentlyBlocked").GetInt64() >= 1);
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM audit_trail WHERE action = 'manual_block' AND entity_id = '198.51.100.77' AND actor_id = @id",
                new { id = admin.Id },
                Ct
            )
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM security_events WHERE event_type = 'admin_access' AND action = 'manual_block' AND resource_id = "
                    + "'198.51.100.77'",
                null,
                Ct
            )
        );

        // The runbook leaves several rows for one address; unblocking clears them all.
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO ip_rate_limits (ip_address, request_count, blocked_until) SELECT '198.51.100.77', 9999, now() + interval '1 "
                + "day' FROM generate_series(1, 3)",
            null,
            Ct
        );
        using var unblocked = await admin.Client.DeleteAsync(
            new Uri("/api/v1/admin/rate-limits/unblock/198.51.100.77", UriKind.Relative),
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, unblocked.StatusCode);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM ip_rate_limits WHERE ip_address = '198.51.100.77'", null, Ct)
        );
        using var cleanup = await admin.Client.PostAsync(new Uri("/api/v1/admin/rate-limits/cleanup", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.Created, cleanup.StatusCode);
    }

    [Theory]
    [InlineData("not-an-address", 60, "long enough")]
    [InlineData("1", 60, "long enough")]
    [InlineData("0.0.0.0/0", 60, "long enough")]
    [InlineData("198.51.100.78", 0, "long enough")]
    [InlineData("198.51.100.78", 10081, "long enough")]
    [InlineData("198.51.100.78", 60, "no")]
    public async Task Block_InvalidRequest_Is400(string ipAddress, int durationMinutes, string reason)
    {
        var admin = await api.CreateUserAsync("admin");
        using var response = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/rate-limits/block",
            new
            {
                ipAddress,
                durationMinutes,
                reason,
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Spray_FromOneAddressAndFromMany_IsOneEventEach()
    {
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO security_events (event_type, status, ip_address) SELECT 'failed_login', 'failure', '203.0.113.50'::inet FROM "
                + "generate_series(1, 300)",
            null,
            Ct
        );
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO security_events (event_type, status, ip_address) SELECT 'failed_login', 'failure', '198.18.0.0'::inet + n FROM "
                + "generate_series(1, 200) n",
            null,
            Ct
        );
        var detector = new PasswordSprayDetector(api.Database.Db);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => detector.DetectAsync(Ct)));
        await detector.DetectAsync(Ct);
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM security_events WHERE event_type = 'brute_force_attempt' AND ip_address = '203.0.113.50' AND "
                    + "severity = 'critical'",
                null,
                Ct
            )
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM security_events WHERE event_type = 'suspicious_activity' AND action = 'distributed_guessing'",
                null,
                Ct
            )
        );
    }
}
