using System.Net;
using System.Net.Http.Json;
using StackExchange.Redis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>The cache frozen, flushed, and back. A fleet of its own, because the cache is shared.</summary>
public sealed class RateLimitOutageTests(RateLimitFleet fleet) : IClassFixture<RateLimitFleet>
{
    private const int Limit = RateLimitFleet.Limit;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CacheFrozen_Requests_AreStillCountedAndNeverFail()
    {
        // 40 are used before the outage; they must not come back with it, and what is used in it must not come back after it.
        var caller = RateLimitFleet.NewCaller();
        Assert.Equal(40, (await fleet.BurstAsync(40, "/api/v1", _ => caller))[HttpStatusCode.OK]);
        await fleet.Redis.FreezeAsync();
        try
        {
            var answers = await fleet.BurstAsync(400, "/api/v1", _ => caller);
            Assert.DoesNotContain(answers.Keys, s => (int)s >= 500);
            var passed = answers.GetValueOrDefault(HttpStatusCode.OK);
            Assert.InRange(passed, Limit * 0.4, (Limit * 1.1) - 40);

            var fresh = RateLimitFleet.NewCaller();
            answers = await fleet.BurstAsync(500, "/api/v1", _ => fresh);
            Assert.DoesNotContain(answers.Keys, s => (int)s >= 500);
            Assert.InRange(answers.GetValueOrDefault(HttpStatusCode.OK), Limit * 0.9, Limit * 1.1);

            // What guards passwords stays exact: it never was in the cache.
            var guesser = RateLimitFleet.NewCaller();
            var guesses = await Task.WhenAll(
                Enumerable
                    .Range(0, 60)
                    .Select(async i =>
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
                        {
                            Content = JsonContent.Create(new { email = $"nobody{i}@example.com", password = "wrong-Password-1" }),
                        };
                        request.Headers.TryAddWithoutValidation("X-Forwarded-For", guesser);
                        using var response = await fleet.Api.Clients[i % 4].SendAsync(request, Ct);
                        return response.StatusCode;
                    })
            );
            // The others were refused unchecked: over the limit, or more passwords at once than the machine has time for.
            var busy = guesses.Count(s => s == HttpStatusCode.ServiceUnavailable);
            Assert.InRange(guesses.Count(s => s == HttpStatusCode.Unauthorized), 10 - busy, 10);
            Assert.DoesNotContain(guesses, s =>
                s is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            );
        }
        finally
        {
            await fleet.Redis.ThawAsync();
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(fleet.Redis.ConnectionString);
        var probe = RateLimitFleet.NewCaller();
        await fleet.EachAsync(client =>
            Eventually.TrueAsync(
                async () =>
                {
                    await redis.GetDatabase().KeyDeleteAsync($"rl:default:a:{probe}");
                    using var response = await RateLimitFleet.SendAsync(client, "/api/v1", probe);
                    return await redis.GetDatabase().KeyExistsAsync($"rl:default:a:{probe}");
                },
                "the instance counts in the cache again",
                TimeSpan.FromSeconds(5)
            )
        );
        Assert.InRange((await fleet.BurstAsync(200, "/api/v1", _ => caller)).GetValueOrDefault(HttpStatusCode.OK), 0, Limit * 0.1);
    }

    [Fact]
    public async Task Flushall_DuringOperation_IsHarmless()
    {
        var caller = RateLimitFleet.NewCaller();
        await fleet.BurstAsync(150, "/api/v1", _ => caller);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(fleet.Redis.ConnectionString + ",allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        var answers = await fleet.BurstAsync(150, "/api/v1", _ => caller);
        Assert.DoesNotContain(answers.Keys, s => (int)s >= 500);
    }
}
