using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Tests.Core.Observability.Metrics;

public class PrometheusTextTests
{
    private static readonly MetricPoint Requests = new()
    {
        Name = "http_requests_total",
        Type = "counter",
        Labels = new SortedDictionary<string, string> { ["route"] = "/a\"b\\\n" },
        Value = 3,
    };

    [Fact]
    public void Write_Counter_EscapesLabelsAndRepeatsTheFamilyUnderBothNames()
    {
        var text = PrometheusText.Write([Requests], openMetrics: false);
        Assert.Contains("http_requests_total{route=\"/a\\\"b\\\\\\n\"} 3\n", text);
        Assert.Contains("youtube_optimizer_http_requests_total{", text);
    }

    [Fact]
    public void Write_OpenMetrics_NamesTheCounterFamilyWithoutTotalAndEnds()
    {
        var text = PrometheusText.Write([Requests], openMetrics: true);
        Assert.Contains("# TYPE http_requests counter\n", text);
        Assert.EndsWith("# EOF\n", text);
    }

    [Fact]
    public void Write_Histogram_IsCumulativeAndCarriesExemplarsOnlyInOpenMetrics()
    {
        var buckets = new long[LatencyBuckets.Bounds.Length + 1];
        buckets[0] = 2;
        buckets[^1] = 1;
        var exemplars = new Exemplar?[buckets.Length];
        exemplars[0] = new Exemplar("0af7651916cd43dd8448eb211c80319c", 0.004);
        var point = new MetricPoint
        {
            Name = "db_query_duration_seconds",
            Type = "histogram",
            Value = 61.5,
            Buckets = buckets,
            Exemplars = exemplars,
        };

        var open = PrometheusText.Write([point], openMetrics: true);
        Assert.Contains("db_query_duration_seconds_bucket{le=\"0.005\"} 2 # {trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 0.004\n", open);
        Assert.Contains("db_query_duration_seconds_bucket{le=\"+Inf\"} 3\n", open);
        Assert.Contains("database_query_duration_count 3\n", open);
        Assert.DoesNotContain("trace_id", PrometheusText.Write([point], openMetrics: false));
    }
}
