using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>The budget of the refresh route: a client that treats 429 as the end of its session must never get one for a good
/// token.</summary>
public sealed class RefreshBudgetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_BurstOfGoodTokensUnderTheShippedBudget_IsNeverRefusedAndWritesNoCounter()
    {
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?> { ["AUTH_RATE_LIMIT_MAX"] = "10", ["RATE_LIMIT_MAX"] = "1000" }
        );
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RefreshAsync(api, user.RefreshToken)));
        Assert.All(answers, s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>("SELECT count(*)::int FROM rate_limit_hits WHERE key LIKE 'auth/refresh%'", null, Ct)
        );
    }

    [Fact]
    public async Task Refresh_BadTokensBeyondTheBudget_CloseTheRouteWithRetryAfter()
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["RATE_LIMIT_AUTH_REFRESH"] = "5/1h" });
        var refused = 0;

        // A failure is counted after its answer, so the refusal may come a request or two later.
        await Eventually.TrueAsync(
            async () =>
            {
                using var client = api.Anonymous();
                using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = "ytr_nonsense" }, Ct);
                refused += response.StatusCode == HttpStatusCode.Unauthorized ? 1 : 0;
                Assert.True(
                    response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests,
                    response.StatusCode.ToString()
                );
                return response.StatusCode == HttpStatusCode.TooManyRequests
                    && response.Headers.RetryAfter is not null
                    && response.Headers.GetValues("RateLimit-Policy").Single().Contains("auth/refresh", StringComparison.Ordinal);
            },
            "the route closes"
        );
        Assert.True(refused >= 5, $"closed after {refused}");
    }

    private static async Task<HttpStatusCode> RefreshAsync(ApiFixture api, string refreshToken)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken }, Ct);
        return response.StatusCode;
    }
}
