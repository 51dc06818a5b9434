namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>Series of several processes added up: counters and histograms of all, gauges of the live ones.</summary>
public sealed class FleetMetrics
{
    private readonly SortedDictionary<string, MetricPoint> series = new(StringComparer.Ordinal);

    /// <summary>Live processes per service.</summary>
    public SortedDictionary<string, int> Instances { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MetricPoint> Points => series.Values;

    public void Add(string service, bool isLive, IEnumerable<MetricPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (isLive)
        {
            Instances[service] = Instances.GetValueOrDefault(service) + 1;
        }

        foreach (var point in points.Where(p => isLive || p.Type != "gauge"))
        {
            series[point.SeriesKey] = series.TryGetValue(point.SeriesKey, out var sum) ? Plus(sum, point) : point;
        }
    }

    public double Sum(string name, string? label = null, string? value = null) =>
        series.Values.Where(p => p.Name == name && (label is null || p.Labels.GetValueOrDefault(label) == value)).Sum(p => p.Value);

    /// <summary>Observations per bucket over all series of a histogram.</summary>
    public long[] Buckets(string name)
    {
        var counts = new long[LatencyBuckets.Bounds.Length + 1];
        foreach (var point in series.Values.Where(p => p.Name == name && p.Buckets is not null))
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += point.Buckets![i];
            }
        }

        return counts;
    }

    private static MetricPoint Plus(MetricPoint a, MetricPoint b) =>
        a with
        {
            // The queue's gauges are the fleet's already, whichever process says them.
            Value =
                a.Type == "gauge" && a.Name.StartsWith("jobs_", StringComparison.Ordinal) ? Math.Max(a.Value, b.Value) : a.Value + b.Value,
            Buckets = a.Buckets is null || b.Buckets is null ? a.Buckets ?? b.Buckets : [.. a.Buckets.Zip(b.Buckets, (x, y) => x + y)],
            Exemplars =
                a.Exemplars is null || b.Exemplars is null
                    ? a.Exemplars ?? b.Exemplars
                    : [.. a.Exemplars.Zip(b.Exemplars, (x, y) => y ?? x)],
        };
}
