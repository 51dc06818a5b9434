using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Metrics;

public sealed class MetricsTests : IClassFixture<MetricsTests.Api>
{
    private const string Token = "dummy-metrics-token-for-tests";
    private readonly Api api;

    public MetricsTests(Api api) => this.api = api;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths => ["/metrics", "/api/v1/metrics", "/api/v1/metrics-json", "/api/v1/metrics-dashboard"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Get_WithMetricsTokenOrAsAdmin_Answers(string path)
    {
        using var operators = Operator();
        Assert.Equal(HttpStatusCode.OK, (await operators.GetAsync(path, Ct)).StatusCode);
        var admin = await api.CreateUserAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await admin.Client.GetAsync(path, Ct)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Get_AnonymousWrongTokenOrOrdinaryUser_IsRefused(string path)
    {
        using var anonymous = api.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(path, Ct)).StatusCode);
        using var wrong = api.ClientFor("wrong-token");
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync(path, Ct)).StatusCode);
        var user = await api.CreateUserAsync();
        Assert.Contains((await user.Client.GetAsync(path, Ct)).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized });
    }

    [Theory]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("::1", null, 200)]
    [InlineData("::ffff:127.0.0.1", null, 200)]
    [InlineData("10.9.8.7", null, 200)]
    [InlineData("::ffff:10.9.8.7", null, 200)]
    [InlineData("10.10.0.1", null, 401)]
    [InlineData("192.168.1.5", null, 401)]
    [InlineData("203.0.113.7", null, 401)]
    [InlineData("127.0.0.1", "203.0.113.7", 401)]
    [InlineData("127.0.0.1", "127.0.0.1", 401)]
    public async Task Get_WithoutToken_IsForThisMachineAndListedNetworksOnly(string from, string? forwarded, int status)
    {
        foreach (var path in Paths)
        {
            var answer = await api.Server.SendAsync(
                context =>
                {
                    context.Request.Path = path.Data;
                    context.Connection.RemoteIpAddress = IPAddress.Parse(from);
                    if (forwarded is not null)
                    {
                        context.Request.Headers["X-Forwarded-For"] = forwarded;
                    }
                },
                Ct
            );
            Assert.Equal(status, answer.Response.StatusCode);
        }
    }

    [Theory]
    [InlineData("application/openmetrics-text", "application/openmetrics-text")]
    [InlineData(
        "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;"
            + "q=0.4,*/*;q=0.1",
        "application/openmetrics-text"
    )]
    [InlineData("application/openmetrics-text;q=0,text/plain", "text/plain")]
    [InlineData("text/plain;q=0.9,application/openmetrics-text;q=0.1", "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData(null, "text/plain")]
    public async Task Prometheus_Accept_DecidesByQuality(string? accept, string expected)
    {
        using var client = Operator();
        // Both forms write the bounds of buckets, each in its own way: there must be some.
        await Eventually.TrueAsync(
            async () => (await client.GetStringAsync("/metrics", Ct)).Contains("le=\"1\"", StringComparison.Ordinal),
            "a duration was measured"
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(expected != "text/plain", text.Contains("le=\"1.0\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prometheus_AfterKnownRequests_CountsThemExactlyByRoute()
    {
        using var client = Operator();
        var before = await CountAsync(client);
        using var anonymous = api.Anonymous();
        for (var i = 0; i < 25; i++)
        {
            await anonymous.GetAsync($"/no/such/path/{i}", Ct);
        }

        // A request is counted when its answer is complete, which the client may see first; and a snapshot serves for a second.
        await Eventually.TrueAsync(
            async () => await CountAsync(client) >= before + 25,
            "25 more requests are counted",
            TimeSpan.FromSeconds(60)
        );
        Assert.Equal(before + 25, await CountAsync(client));
        var text = await client.GetStringAsync("/metrics", Ct);
        Assert.DoesNotContain("/no/such/path", text);
        Assert.Contains("youtube_optimizer_http_requests_total", text);
        Assert.Contains("memory_heap_used_bytes", text);
        Assert.Contains("database_query_duration_bucket", text);
        Assert.Contains("queue_depth", text);

        static async Task<double> CountAsync(HttpClient client)
        {
            var json = await client.GetFromJsonAsync<JsonElement>("/api/v1/metrics-json", Ct);
            return json.GetProperty("metrics")
                .EnumerateArray()
                .Where(m => m.GetProperty("name").GetString() == "http_requests_total")
                .SelectMany(m => m.GetProperty("values").EnumerateArray())
                .Where(v => v.GetProperty("labels").GetProperty("route").GetString() == "unmatched")
                .Sum(v => v.GetProperty("value").GetDouble());
        }
    }

    [Fact]
    public async Task Json_HasTheKeysThatTheRunbookAsksFor()
    {
        using var client = Operator();
        var json = await client.GetFromJsonAsync<JsonElement>("/api/v1/metrics-json", Ct);
        foreach (
            var key in new[]
            {
                "memory",
                "memory_usage",
                "http_request_duration_seconds",
                "database_query_duration",
                "metrics",
                "timestamp",
            }
        )
        {
            Assert.True(json.TryGetProperty(key, out _), key);
        }

        Assert.True(json.GetProperty("memory").GetProperty("heapUsed").GetDouble() > 0);
        Assert.True(json.GetProperty("memory").GetProperty("rss").GetDouble() > 0);
    }

    [Fact]
    public async Task Dashboard_AsJson_HasSummarySeriesAndRefusesUnknownWindows()
    {
        using var client = Operator();
        var json = await client.GetFromJsonAsync<JsonElement>("/api/v1/metrics-dashboard?window=1h", Ct);
        Assert.Equal("1h", json.GetProperty("window").GetString());
        Assert.True(json.GetProperty("summary").GetProperty("totalHttpRequests").GetDouble() >= 0);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/metrics-dashboard?window=1y", Ct)).StatusCode);
    }

    [Fact]
    public async Task Dashboard_AskedForAsHtml_IsAPageWithoutForeignScripts()
    {
        using var browser = api.Anonymous();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        var answer = await browser.GetAsync("/api/v1/metrics-dashboard", Ct);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("script-src 'self'", string.Join(';', answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("https://", await answer.Content.ReadAsStringAsync(Ct));
        foreach (var file in new[] { "app.css", "app.js" })
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/metrics-dashboard/" + file, Ct)).StatusCode);
        }
    }

    private HttpClient Operator()
    {
        var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    public sealed class Api : ApiFixture
    {
        public Api() => With(new Dictionary<string, string?> { ["METRICS_TOKEN"] = Token, ["METRICS_NETWORKS"] = "10.9.0.0/16" });
    }
}
