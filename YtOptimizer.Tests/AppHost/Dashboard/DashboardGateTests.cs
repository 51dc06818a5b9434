using System.Net;
using System.Text.RegularExpressions;

namespace YtOptimizer.Tests.AppHost.Dashboard;

/// <summary>Who the dashboard lets in.</summary>
public sealed partial class DashboardGateTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/dashboard.js")]
    [InlineData("/api/resources")]
    public async Task AnyPath_Answer_CarriesTheProtectiveHeaders(string path)
    {
        using var answer = await dashboard.Http.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("GET", "/api/resources")]
    [InlineData("GET", "/API/Resources")]
    [InlineData("GET", "/api/logs")]
    [InlineData("POST", "/api/resources/greeting/commands/greet")]
    public async Task Api_WithoutSession_IsRefused(string method, string path)
    {
        using var answer = await dashboard.SendAsync(new HttpMethod(method), path, r => r.Headers.Remove("Cookie"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("console", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_SameTokenAgain_IsRefusedAndAFreshLinkIsThere()
    {
        var link = dashboard.Links.Last();
        using var first = await dashboard.SignInAsync(DashboardFixture.TokenOf(link));
        using var again = await dashboard.SignInAsync(DashboardFixture.TokenOf(link));
        using var wrong = await dashboard.SignInAsync("");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.NotEqual(link, dashboard.Links.Last());
    }

    [Fact]
    public async Task Link_OnlyOpened_IsNotUsedUp()
    {
        var link = new Uri(dashboard.Links.Last());
        using var preview = await dashboard.Http.GetAsync(link, TestContext.Current.CancellationToken);
        using var login = await dashboard.SignInAsync(DashboardFixture.TokenOf(link.AbsoluteUri));

        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.False(preview.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.NoContent, login.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", "/")]
    [InlineData("evil.example", "/api/resources")]
    [InlineData("localhost.evil.example", "/api/resources")]
    [InlineData("169.254.169.254", "/")]
    public async Task AnyPath_HostNameThatIsNotLoopback_IsRefused(string host, string path)
    {
        using var answer = await dashboard.SendAsync(HttpMethod.Get, path, r => r.Headers.Host = $"{host}:{dashboard.Address.Port}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", null)]
    [InlineData("null", null)]
    [InlineData(null, null)]
    [InlineData("own", "cross-site")]
    [InlineData("own", "same-site")]
    public async Task Command_FromAnotherSite_IsRefused(string? origin, string? fetchSite)
    {
        using var answer = await dashboard.SendAsync(HttpMethod.Post, "/api/resources/greeting/commands/greet", r =>
        {
            if (origin != "own")
            {
                r.Headers.Remove("Origin");
                if (origin is not null)
                {
                    r.Headers.Add("Origin", origin);
                }
            }

            if (fetchSite is not null)
            {
                r.Headers.Add("Sec-Fetch-Site", fetchSite);
            }
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task AnyPath_OtherNamesOfLoopback_AreServed(string host)
    {
        // A forwarded port (ssh -L) keeps its own name and number.
        using var answer = await dashboard.SendAsync(HttpMethod.Get, "/", r => r.Headers.Host = $"{host}:9999");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboard.js")]
    [InlineData("/logs.js")]
    [InlineData("/dashboard.css")]
    public async Task Page_Files_LoadNothingFromElsewhere(string path)
    {
        var text = await dashboard.Http.GetStringAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("127.0.0.1", dashboard.Address.Host);
        Assert.NotEmpty(text);
        Assert.DoesNotMatch(LoadsFromElsewhere(), text);
        Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("""(src|href)="(https?:)?//|@import|url\(|fetch\(["'`]https?:|from "https?:""")]
    private static partial Regex LoadsFromElsewhere();
}
