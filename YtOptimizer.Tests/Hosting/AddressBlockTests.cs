using System.Net;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Addresses that operators block in the table are shut out of every instance.</summary>
[Collection(typeof(RateLimitFleet))]
public sealed class AddressBlockTests(RateLimitFleet fleet)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2001:db8:99:1::7", "2001:db8:99:1:ffff::1")]
    [InlineData("2001:db8:99:2::/56", "2001:db8:99:ff::1")]
    [InlineData("::ffff:192.0.2.50", "192.0.2.50")]
    [InlineData("::ffff:192.0.2.64/122", "192.0.2.100")]
    public async Task Block_OfIPv6OrMappedAddress_MeetsItsSubscriber(string blocked, string caller)
    {
        await fleet.Database.Db.ExecuteAsync(
            "INSERT INTO ip_rate_limits (ip_address, request_count, blocked_until) VALUES (@blocked::inet, 9999, now() + interval "
                + "'24 hours')",
            new { blocked },
            Ct
        );
        await fleet.EachAsync(client =>
            Eventually.TrueAsync(
                async () => (await RateLimitFleet.SendAsync(client, "/api/v1", caller)).StatusCode == HttpStatusCode.Forbidden,
                "blocked",
                TimeSpan.FromSeconds(5)
            )
        );
        using var neighbour = await RateLimitFleet.SendAsync(
            fleet.Api.Clients[0],
            "/api/v1",
            caller.Contains(':', StringComparison.Ordinal) ? "2001:db8:98::1" : "192.0.2.200"
        );
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Theory]
    [InlineData(
        "INSERT INTO ip_rate_limits (ip_address, request_count, blocked_until) VALUES (@caller::inet, 9999, now() + interval '24 hours')"
    )]
    [InlineData(
        "INSERT INTO ip_rate_limits (ip_address, blocked_until, request_count) VALUES (set_masklen(@caller::inet, 24), now() + interval "
            + "'24 hours', 9999), (@caller::inet, NULL, 1), (@caller::inet, now() - interval '1 day', 1)"
    )]
    [InlineData(
        "INSERT INTO ip_rate_limits (ip_address, endpoint, blocked_until) VALUES (@caller::inet, 'manual_block', now() + interval "
            + "'24 hours')"
    )]
    public async Task Block_WrittenBySql_IsInForceEverywhereWithinFiveSecondsAndSoIsItsRemoval(string sql)
    {
        // A /24 of its own, because one case blocks the whole network.
        var caller = $"203.0.{Math.Abs(sql.GetHashCode(StringComparison.Ordinal)) % 250}.9";
        await fleet.EachAsync(async client =>
            Assert.Equal(HttpStatusCode.OK, (await RateLimitFleet.SendAsync(client, "/api/v1", caller)).StatusCode)
        );
        await fleet.Database.Db.ExecuteAsync(sql, new { caller }, Ct);
        var limit = TimeSpan.FromSeconds(5);
        await fleet.EachAsync(client =>
            Eventually.TrueAsync(
                async () =>
                {
                    using var response = await RateLimitFleet.SendAsync(client, "/api/v1/auth/profile", caller);
                    return response.StatusCode == HttpStatusCode.Forbidden && response.Headers.RetryAfter is not null;
                },
                "blocked",
                limit
            )
        );
        Assert.Equal(HttpStatusCode.OK, (await RateLimitFleet.SendAsync(fleet.Api.Clients[0], "/health/liveness", caller)).StatusCode);

        await fleet.Database.Db.ExecuteAsync(
            "DELETE FROM ip_rate_limits WHERE ip_address <<= set_masklen(@caller::inet, 24)",
            new { caller },
            Ct
        );
        await fleet.EachAsync(client =>
            Eventually.TrueAsync(
                async () => (await RateLimitFleet.SendAsync(client, "/api/v1", caller)).StatusCode == HttpStatusCode.OK,
                "open again",
                limit
            )
        );
    }
}
