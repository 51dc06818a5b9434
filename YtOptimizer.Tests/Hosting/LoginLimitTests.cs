using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>The budget of failed sign-ins, counted over the fleet.</summary>
[Collection(typeof(RateLimitFleet))]
public sealed class LoginLimitTests(RateLimitFleet fleet)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        // A slow machine has no time for all passwords at once: who is told so was not checked.
        var busy = answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable);
        Assert.InRange(answers.GetValueOrDefault(HttpStatusCode.Unauthorized), 10 - busy, 10);
        Assert.InRange(answers.GetValueOrDefault(HttpStatusCode.TooManyRequests), 50 - busy, 59);

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
}
