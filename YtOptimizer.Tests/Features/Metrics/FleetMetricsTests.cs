using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Metrics;

/// <summary>Two API processes as a scraper behind a load balancer sees them.</summary>
public sealed partial class FleetMetricsTests
{
    private const string Token = "dummy-metrics-token-for-tests";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scrapes_AlternatingInstancesAndAKilledOne_AddUpToTheClientsCountAndNeverFall()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var apis = await ApiProcesses.StartAsync(2, database, new Dictionary<string, string?> { ["METRICS_TOKEN"] = Token });
        var sent = 0;
        double seen = 0;
        foreach (var round in Enumerable.Range(0, 40))
        {
            for (var i = 0; i < 5; i++, sent++)
            {
                using var answer = await apis.Clients[(round + i) % 2].GetAsync($"/no/such/page-{sent}?session={sent}", Ct);
            }

            var now = Unmatched(await ScrapeAsync(apis.Clients[round % 2]));
            Assert.True(now >= seen, $"The total fell from {seen} to {now}.");
            Assert.True(now <= sent, $"{now} requests are counted, {sent} were sent.");
            seen = now;
        }

        await BothCountAsync(apis, [0, 1], sent);
        apis.Kill(1);
        await BothCountAsync(apis, [0], sent);
        var text = await ScrapeAsync(apis.Clients[0]);
        Assert.DoesNotContain("no/such", text);
        var series = text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[..line.LastIndexOf(' ')])
            .ToList();
        Assert.Equal(series.Distinct(StringComparer.Ordinal).Count(), series.Count);
    }

    private static async Task BothCountAsync(ApiProcesses apis, int[] instances, int sent)
    {
        foreach (var instance in instances)
        {
            await Eventually.TrueAsync(
                async () => Unmatched(await ScrapeAsync(apis.Clients[instance])) >= sent,
                $"instance {instance} counts all {sent}"
            );
            Assert.Equal(sent, Unmatched(await ScrapeAsync(apis.Clients[instance])));
        }
    }

    private static async Task<string> ScrapeAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await client.SendAsync(request, Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static double Unmatched(string text) =>
        Sample().Matches(text).Sum(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(
        """^http_requests_total\{method="GET",route="unmatched",status_code="404"\} (?<value>\S+)$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Sample();
}
