using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>What holds for every answer: headers, origins, where the documentation is. Limits are left high by the fixture.</summary>
public sealed class HostingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_WithAndWithoutOrigin_VariesByIt()
    {
        using var client = api.Anonymous();
        foreach (var origin in new[] { null, "http://localhost:4200", "https://evil.example" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/liveness");
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await client.SendAsync(request, Ct);
            Assert.Single(response.Headers.Vary, "Origin");
        }
    }

    [Theory]
    [InlineData("/api", 200)]
    [InlineData("/api/docs", 200)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/docs/nothing", 404)]
    public async Task Docs_AreAtTheirAddressesAndNowhereElse(string path, int status)
    {
        using var client = api.Anonymous();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        if (
            response.StatusCode
            is HttpStatusCode.Moved
                or HttpStatusCode.Found
                or HttpStatusCode.PermanentRedirect
                or HttpStatusCode.TemporaryRedirect
        )
        {
            using var followed = await client.GetAsync(new Uri(new Uri("http://localhost" + path), response.Headers.Location!), Ct);
            Assert.Equal(status, (int)followed.StatusCode);
            return;
        }

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Docs_SwitchedOff_AreGone()
    {
        await using var without = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["API_DOCS"] = "false" });
        using var client = without.Anonymous();
        foreach (var path in new[] { "/api", "/api/docs", "/openapi/v1.json", "/api-json" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/docs/")]
    public async Task Docs_InProduction_ExplainWithoutCalling(string path)
    {
        using var client = api.CreateClient();
        var html = await client.GetStringAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Contains("\"hideTestRequestButton\":true", html.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Drain_InProduction_WaitsForTwoLooksOfALoadBalancer()
    {
        var process = new ProcessOptions();
        foreach (var setup in api.Services.GetServices<IPostConfigureOptions<ProcessOptions>>())
        {
            setup.PostConfigure(Options.DefaultName, process);
        }

        Assert.Equal(3, process.DrainSeconds);
    }

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/auth/profile")]
    [InlineData("/api/v1/audit/events")]
    [InlineData("/nothing")]
    public async Task Answer_ByDefault_IsKeptByNoCache(string path)
    {
        var user = await api.CreateUserAsync();
        using var response = await user.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("http://localhost:4200", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://localhost:4201", false)]
    [InlineData("null", false)]
    public async Task Cors_Origin_IsComparedWhole(string origin, bool allowed)
    {
        using var client = api.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Origin", origin);
        foreach (
            var (path, status) in new[]
            {
                ("/api/v1", HttpStatusCode.OK),
                ("/api/v1/auth/profile", HttpStatusCode.Unauthorized),
                ("/nothing", HttpStatusCode.NotFound),
            }
        )
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(
                allowed ? origin : null,
                response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null
            );
            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/auth/login");
        preflight.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
        preflight.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "authorization,content-type,x-correlation-id");
        using var answer = await client.SendAsync(preflight, Ct);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("http://localhost:9999", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://evil.example/?localhost", false)]
    [InlineData("http://127.0.0.1.evil.example", false)]
    [InlineData("file://localhost", false)]
    public void Cors_LocalDevelopment_IsDecidedByTheParsedHost(string origin, bool local) =>
        Assert.Equal(local, Api.Hosting.Cors.IsLocal(origin));

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/nothing")]
    [InlineData("/health")]
    [InlineData("/api/docs/")]
    public async Task Headers_EveryAnswer_AreHardened(string path)
    {
        using var client = api.Anonymous();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        using var overTls = await client.GetAsync(new Uri("https://localhost" + path), Ct);
        Assert.Contains(
            "max-age=31536000; includeSubDomains",
            Assert.Single(overTls.Headers.GetValues("Strict-Transport-Security")),
            StringComparison.Ordinal
        );
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task DocsPage_Scripts_ComeFromThisServerAndCarryTheNonceOfThePolicy()
    {
        using var client = api.Anonymous();
        using var response = await client.GetAsync(new Uri("/api/docs/", UriKind.Relative), Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var nonces = System
            .Text.RegularExpressions.Regex.Matches(
                html,
                "nonce=\"(?<nonce>[^\"]+)\"",
                System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Select(m => m.Groups["nonce"].Value)
            .Distinct()
            .ToList();
        Assert.Contains($"'nonce-{Assert.Single(nonces)}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        foreach (var script in new[] { "/api/docs/scalar.js", "/api/docs/scalar.aspnetcore.js", "/api/scalar.js" })
        {
            using var asset = await client.GetAsync(new Uri(script, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }
    }

    [Fact]
    public async Task Greeting_AndBrowserReports_AnswerAsTheContractSays()
    {
        using var client = api.Anonymous();
        Assert.Equal("Hello World!", await client.GetStringAsync(new Uri("/api/v1", UriKind.Relative), Ct));
        using var report = await client.PostAsJsonAsync(
            "/api/v1/errors/report",
            new
            {
                message = "boom",
                stack = "x",
                type = "error",
                context = new { online = true },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.NoContent, report.StatusCode);
        using var csp = new StringContent(
            """{"csp-report":{"violated-directive":"script-src","blocked-uri":"https://evil.example/x.js?token=abc"}}""",
            new MediaTypeHeaderValue("application/csp-report")
        );
        using var violation = await client.PostAsync(new Uri("/api/v1/security/csp-report", UriKind.Relative), csp, Ct);
        Assert.Equal(HttpStatusCode.NoContent, violation.StatusCode);
        var health = await client.GetFromJsonAsync<JsonElement>("/api/v1/security/health", Ct);
        Assert.False(health.ToString().Contains("Production", StringComparison.OrdinalIgnoreCase));
    }
}
