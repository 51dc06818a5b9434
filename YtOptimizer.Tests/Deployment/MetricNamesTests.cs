using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Api.Realtime;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary>The names on <c>/metrics</c> are a contract: dashboards and rules of others use them.</summary>
public sealed partial class MetricNamesTests : IClassFixture<MetricNamesTests.Api>
{
    private const string Token = "dummy-metrics-token-for-tests";

    /// <summary>Told only after something that this test does not bring about.</summary>
    private static readonly string[] Conditional =
    [
        "db_errors_total",
        "database_query_duration",
        "alerts_telegram_last_answer_timestamp_seconds",
        "maintenance_last_run_succeeded",
        "maintenance_last_run_timestamp_seconds",
        "maintenance_last_success_timestamp_seconds",
    ];

    private readonly Api api;

    public MetricNamesTests(Api api) => this.api = api;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AllInstrumentsUsed_PassPromtoolsLint()
    {
        var text = await EverythingAsync();

        var (exitCode, output) = await Tool.RunAsync("promtool", ["check", "metrics"], text);

        Assert.True(exitCode == 0 && output.Trim().Length == 0, output);
    }

    /// <summary>So that the lint above can fail.</summary>
    [Fact]
    public async Task Promtool_CounterWithoutTotal_IsRefused()
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", ["check", "metrics"], "# HELP a A.\n# TYPE a counter\na 1\n");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("_total", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AllInstrumentsUsed_AreTheCatalogueAndEachOnce()
    {
        var families = Family().Matches(await EverythingAsync()).Select(match => match.Groups["name"].Value).ToList();
        var own = families.Where(name => !name.StartsWith("youtube_optimizer_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(families.Distinct(StringComparer.Ordinal).Count(), families.Count);
        Assert.Equal(
            MetricHelp.Families.Except(Conditional).Order(StringComparer.Ordinal),
            own.Except(Conditional).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Fleet_RowOfTheReleaseBefore_IsReadUnderTodaysNames()
    {
        var fleet = new FleetMetrics();
        fleet.Add("worker", isLive: true, [Point("jobs_finished", "counter", 3), Point("jobs_depth", "gauge", 9)]);
        fleet.Add("worker", isLive: true, [Point("jobs_finished_total", "counter", 4), Point("queue_depth", "gauge", 9)]);

        Assert.Equal(["jobs_finished_total", "queue_depth"], fleet.Points.Select(point => point.Name));
        Assert.Equal(7, fleet.Sum("jobs_finished_total"));
        Assert.Equal(9, fleet.Sum("queue_depth"));
    }

    private static MetricPoint Point(string name, string type, double value) =>
        new()
        {
            Name = name,
            Type = type,
            Value = value,
        };

    /// <summary>One measurement by every instrument of the product, then a scrape.</summary>
    private async Task<string> EverythingAsync()
    {
        using var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        // A request of its own first: its duration and count are there for the scrape.
        await client.GetAsync("/health", Ct);
        api.Services.GetRequiredService<QueueMetrics>();
        RuntimeHelpers.RunClassConstructor(typeof(YtoMetrics).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RealtimeMetrics).TypeHandle);
        var instruments = new List<Instrument>();
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == YtoMetrics.MeterName)
                {
                    instruments.Add(instrument);
                }
            };
            listener.Start();
        }

        foreach (var instrument in instruments)
        {
            switch (instrument)
            {
                case Counter<long> counter:
                    counter.Add(1);
                    break;
                case Counter<double> counter:
                    counter.Add(1);
                    break;
                case Histogram<double> histogram:
                    histogram.Record(1);
                    break;
            }
        }

        return await Eventually.ValueAsync(
            async () =>
            {
                var text = await client.GetStringAsync("/metrics", Ct);
                return
                    text.Contains("\nhttp_requests_total{", StringComparison.Ordinal)
                    && text.Contains("\naudit_count_total", StringComparison.Ordinal)
                    ? text
                    : null;
            },
            "the measurements are in the fleet's snapshot",
            every: TimeSpan.FromMilliseconds(500)
        );
    }

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Family();

    public sealed class Api : ApiFixture
    {
        public Api() => With(new Dictionary<string, string?> { ["METRICS_TOKEN"] = Token });
    }
}
