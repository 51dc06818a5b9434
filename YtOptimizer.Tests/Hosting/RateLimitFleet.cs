using System.Net;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>
/// Four API processes over one database and one cache, behind a trusted proxy on loopback. It starts once for all classes of its
/// collection; each test has a caller of its own.
/// </summary>
[CollectionDefinition]
public sealed class RateLimitFleet : IAsyncLifetime, ICollectionFixture<RateLimitFleet>
{
    public const int Limit = 100;
    private static int nextCaller;

    internal TestDatabase Database { get; private set; } = null!;

    internal TestRedis Redis { get; private set; } = null!;

    internal ApiProcesses Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Redis = await TestRedis.StartAsync();
        Database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        Api = await ApiProcesses.StartAsync(
            4,
            Database,
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:cache"] = Redis.ConnectionString,
                ["LOG_LEVEL"] = "info",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["RATE_LIMIT_DEFAULT"] = $"{Limit}/1h",
                ["RATE_LIMIT_REPORTS"] = "20/2s",
                ["RATE_LIMIT_AUTH_LOGIN"] = "10/1h;block=30m",
            }
        );
        await EachAsync(async client =>
            await Eventually.TrueAsync(
                () => Task.FromResult(LogsSay("counting in the cache")),
                "all instances count in the cache",
                TimeSpan.FromSeconds(60)
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Database.DisposeAsync();
        await Redis.DisposeAsync();
    }

    /// <summary>An address that no test has used.</summary>
    internal static string NewCaller()
    {
        var n = Interlocked.Increment(ref nextCaller);
        return $"198.51.{100 + (n / 250)}.{1 + (n % 250)}";
    }

    internal bool LogsSay(string text) =>
        Enumerable.Range(0, Api.Clients.Count).All(i => Api.LogOf(i).Contains(text, StringComparison.Ordinal));

    internal async Task EachAsync(Func<HttpClient, Task> work)
    {
        foreach (var client in Api.Clients)
        {
            await work(client);
        }
    }

    internal static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        string path,
        string forwardedFor,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        change?.Invoke(request);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends at once over all instances; the count of each status.</summary>
    internal async Task<Dictionary<HttpStatusCode, int>> BurstAsync(
        int count,
        string path,
        Func<int, string> forwardedFor,
        Action<HttpRequestMessage>? change = null
    )
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async i =>
                {
                    using var response = await SendAsync(Api.Clients[i % Api.Clients.Count], path, forwardedFor(i), change);
                    return response.StatusCode;
                })
        );
        return answers.GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
    }
}
