using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

public sealed class RateLimitTests(RateLimitFleet fleet) : IClassFixture<RateLimitFleet>
{
    private const int Limit = RateLimitFleet.Limit;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Burst_Of500OverFourInstances_AdmitsExactlyTheLimitEveryTime()
    {
        for (var run = 0; run < 20; run++)
        {
            var caller = RateLimitFleet.NewCaller();
            var answers = await fleet.BurstAsync(500, "/api/v1", _ => caller);
            Assert.Equal(Limit, answers.GetValueOrDefault(HttpStatusCode.OK));
            Assert.Equal(500 - Limit, answers.GetValueOrDefault(HttpStatusCode.TooManyRequests));
        }
    }

    [Fact]
    public async Task Window_AtItsEdge_NeverHoldsMoreThanTheLimit()
    {
        // 20 per 2 s, asked for without pause through several windows. Accepted request k + 20 must come at least 2 s after request k.
        const int Budget = 20;
        var window = TimeSpan.FromSeconds(2);
        var caller = RateLimitFleet.NewCaller();
        var accepted = new List<(long Sent, long Received)>();
        var end = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async worker =>
                {
                    while (end.Elapsed < TimeSpan.FromSeconds(5))
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/errors/report")
                        {
                            Content = JsonContent.Create(new { message = "x" }),
                        };
                        request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller);
                        var sent = Stopwatch.GetTimestamp();
                        using var response = await fleet.Api.Clients[worker % 4].SendAsync(request, Ct);
                        if (response.StatusCode == HttpStatusCode.NoContent)
                        {
                            lock (accepted)
                            {
                                accepted.Add((sent, Stopwatch.GetTimestamp()));
                            }
                        }
                    }
                })
        );

        Assert.True(accepted.Count >= 2 * Budget, $"only {accepted.Count} were admitted in 5 s");
        var sentOrder = accepted.Select(a => a.Sent).Order().ToList();
        var receivedOrder = accepted.Select(a => a.Received).Order().ToList();
        for (var k = 0; k + Budget < accepted.Count; k++)
        {
            Assert.True(
                Stopwatch.GetElapsedTime(sentOrder[k], receivedOrder[k + Budget]) >= window - TimeSpan.FromMilliseconds(5),
                $"more than {Budget} within {window} at {k}"
            );
        }
    }

    [Fact]
    public async Task SpoofedAddresses_TenThousand_ShareOneBucket()
    {
        var caller = RateLimitFleet.NewCaller();
        var random = new Random(7);
        string Fake() => $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}";
        var passed = 0;
        var refused = 0;
        for (var batch = 0; batch < 20; batch++)
        {
            var fakes = Enumerable.Range(0, 500).Select(_ => $"{Fake()}, {Fake()}, {caller}").ToArray();
            var answers = await fleet.BurstAsync(
                500,
                "/api/v1",
                i => fakes[i],
                request =>
                {
                    foreach (
                        var header in new[]
                        {
                            "X-Real-IP",
                            "X-Client-IP",
                            "CF-Connecting-IP",
                            "True-Client-IP",
                            "X-Forwarded",
                            "Forwarded-For",
                        }
                    )
                    {
                        lock (random)
                        {
                            request.Headers.TryAddWithoutValidation(header, Fake());
                        }
                    }
                }
            );
            passed += answers.GetValueOrDefault(HttpStatusCode.OK);
            refused += answers.GetValueOrDefault(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(Limit, passed);
        Assert.Equal(10_000 - Limit, refused);
    }

    [Fact]
    public async Task Addresses_WrittenAsIPv6_AreTheSameIPv4Caller()
    {
        var caller = RateLimitFleet.NewCaller();
        var answers = await fleet.BurstAsync(300, "/api/v1", i => (i % 3) switch
            {
                0 => caller,
                1 => "::ffff:" + caller,
                _ => $"[::ffff:{caller}]:443",
            });
        Assert.Equal(Limit, answers.GetValueOrDefault(HttpStatusCode.OK));
    }

    [Fact]
    public async Task Addresses_BehindOneNat64Gateway_AreToldApart()
    {
        var caller = RateLimitFleet.NewCaller();
        var answers = await fleet.BurstAsync(300, "/api/v1", i => i % 2 == 0 ? caller : "64:ff9b::" + caller);
        Assert.Equal(Limit, answers.GetValueOrDefault(HttpStatusCode.OK));
        using var neighbour = await RateLimitFleet.SendAsync(fleet.Api.Clients[0], "/api/v1", "64:ff9b::" + RateLimitFleet.NewCaller());
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task Addresses_OfOneIPv6Subscriber_ShareOneBucket()
    {
        var answers = await fleet.BurstAsync(300, "/api/v1", i => $"2001:db8:77:1::{i + 1:x}");
        Assert.Equal(Limit, answers.GetValueOrDefault(HttpStatusCode.OK));
        using var neighbour = await RateLimitFleet.SendAsync(fleet.Api.Clients[0], "/api/v1", "2001:db8:77:2::1");
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task Headers_EveryLimitedAnswer_TellTheTruth()
    {
        var caller = RateLimitFleet.NewCaller();
        var left = Limit;
        for (var i = 0; i < Limit + 20; i++)
        {
            using var response = await RateLimitFleet.SendAsync(fleet.Api.Clients[i % 4], "/api/v1", caller);
            left = Math.Max(0, left - 1);
            var (policyName, policy) = StructuredItem.Parse(Assert.Single(response.Headers.GetValues("RateLimit-Policy")));
            var (name, state) = StructuredItem.Parse(Assert.Single(response.Headers.GetValues("RateLimit")));
            Assert.Equal(("default", "default"), (policyName, name));
            Assert.Equal((Limit, 3600L), (policy["q"], policy["w"]));

            // Never negative, and one less each time, whichever instance answers: it cannot rise before t is over.
            Assert.Equal(left, state["r"]);
            Assert.InRange(state["t"], 1, 3600);
            Assert.Equal($"{Limit}", Assert.Single(response.Headers.GetValues("X-RateLimit-Limit")));
            Assert.Equal($"{left}", Assert.Single(response.Headers.GetValues("X-RateLimit-Remaining")));
            var reset = long.Parse(
                Assert.Single(response.Headers.GetValues("X-RateLimit-Reset")),
                System.Globalization.CultureInfo.InvariantCulture
            );
            Assert.InRange(
                reset - state["t"],
                DateTimeOffset.UnixEpoch.ToUnixTimeSeconds(),
                TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1
            );
            Assert.Equal(i < Limit ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, response.StatusCode);
            if (i >= Limit)
            {
                // Not earlier than what t promises.
                Assert.True(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds >= state["t"]);
            }
        }
    }

    [Fact]
    public async Task RetryAfter_Obeyed_IsEnough()
    {
        var caller = RateLimitFleet.NewCaller();
        async Task<HttpResponseMessage> Report()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/errors/report")
            {
                Content = JsonContent.Create(new { message = "x" }),
            };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller);
            return await fleet.Api.Clients[0].SendAsync(request, Ct);
        }

        for (var round = 0; round < 2; round++)
        {
            HttpResponseMessage last;
            do
            {
                last = await Report();
            } while (last.StatusCode == HttpStatusCode.NoContent);

            Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
            var body = await Tokens.JsonAsync(last);
            Assert.Equal("rate_limited", body.GetProperty("code").GetString());
            Assert.Equal(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, body.GetProperty("retryAfter").GetInt32());

            // The wait is what is being tested.
            await Task.Delay(last.Headers.RetryAfter.Delta.Value, Ct);
            Assert.Equal(HttpStatusCode.NoContent, (await Report()).StatusCode);
        }
    }

    [Fact]
    public async Task Login_FailuresOverFourInstances_AreExactAndBlockThatAddress()
    {
        var caller = RateLimitFleet.NewCaller();
        async Task<HttpStatusCode> Guess(int i)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
            {
                Content = JsonContent.Create(new { email = $"nobody{i}@example.com", password = "wrong-Password-1" }),
            };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller);
            using var response = await fleet.Api.Clients[i % 4].SendAsync(request, Ct);
            return response.StatusCode;
        }

        var answers = (await Task.WhenAll(Enumerable.Range(0, 60).Select(Guess))).GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(10, answers.GetValueOrDefault(HttpStatusCode.Unauthorized));
        Assert.Equal(50, answers.GetValueOrDefault(HttpStatusCode.TooManyRequests));

        // The ledger shows it to operators, and a security event tells of it once or, at most, once per instance.
        await Eventually.TrueAsync(
            async () =>
                await fleet.Database.Db.ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT 1 FROM ip_rate_limits WHERE ip_address = @caller::inet AND endpoint = 'auth/login' AND "
                        + "request_count > 10 AND blocked_until > now() + interval '25 minutes')",
                    new { caller },
                    Ct
                ),
            "the block is in the ledger"
        );
        await Eventually.TrueAsync(
            async () =>
                await fleet.Database.Db.ScalarAsync<long>(
                    "SELECT count(*) FROM security_events WHERE ip_address = @caller::inet AND event_type = 'api_access' AND action = "
                        + "'limit_exceeded' AND resource_type = 'rate_limit'",
                    new { caller },
                    Ct
                )
                    is >= 1
                        and <= 4,
            "an event tells of it"
        );

        // Only signing in is closed to this address.
        using var other = await RateLimitFleet.SendAsync(fleet.Api.Clients[0], "/api/v1", caller);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Login_Successes_DoNotCount()
    {
        var caller = RateLimitFleet.NewCaller();
        var user = await fleet.Api.CreateUserAsync();
        for (var i = 0; i < 14; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = JsonContent.Create(new { email = user.Email, password = user.Password }),
            };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller);
            using var response = await fleet.Api.Clients[i % 4].SendAsync(request, Ct);
            Assert.True(response.IsSuccessStatusCode, $"attempt {i}: {(int)response.StatusCode}");
        }
    }

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
