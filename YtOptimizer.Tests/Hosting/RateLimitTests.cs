using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Budgets of callers, exact over the fleet.</summary>
[Collection(typeof(RateLimitFleet))]
public sealed class RateLimitTests(RateLimitFleet fleet)
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
}
