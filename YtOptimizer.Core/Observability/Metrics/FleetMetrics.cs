namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>Series of several processes added up: counters and histograms of all, gauges of the live ones.</summary>
public sealed class FleetMetrics
{
    private readonly SortedDictionary<string, MetricPoint> series = new(StringComparer.Ordinal);

    /// <summary>Live processes per service.</summary>
    public SortedDictionary<string, int> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>Resident memory of the live process that has most: the sum over all says nothing about one that grows.</summary>
    public double LargestResidentBytes { get; private set; }

    public IReadOnlyCollection<MetricPoint> Points => series.Values;

    /// <summary>What only the fleet as a whole has: how many processes live, and the largest.</summary>
    public IEnumerable<MetricPoint> OfTheFleet() =>
        [
            .. Instances.Select(service => new MetricPoint
            {
                Name = "fleet_processes",
                Type = "gauge",
                Value = service.Value,
                Labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["service"] = service.Key },
            }),
            new MetricPoint
            {
                Name = "memory_rss_largest_process_bytes",
                Type = "gauge",
                Value = LargestResidentBytes,
            },
        ];

    public void Add(string service, bool isLive, IEnumerable<MetricPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (isLive)
        {
            Instances[service] = Instances.GetValueOrDefault(service) + 1;
        }

        foreach (var point in points.Select(Renamed).OfType<MetricPoint>().Where(p => isLive || p.Type != "gauge"))
        {
            if (point.Name == "memory_rss_bytes")
            {
                LargestResidentBytes = Math.Max(LargestResidentBytes, point.Value);
            }

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

    /// <summary>A process of the release before, or one that ended under it, stored these under older names; null: a figure that is no
    /// longer told.</summary>
    private static MetricPoint? Renamed(MetricPoint point) =>
        point.Name switch
        {
            "jobs_attempts" or "jobs_finished" or "jobs_leases_lost" => point with { Name = point.Name + "_total" },
            "jobs_depth" or "jobs_running" or "jobs_dead" or "jobs_oldest_age_seconds" => null,
            _ => point,
        };

    private static MetricPoint Plus(MetricPoint a, MetricPoint b) =>
        a with
        {
            // The queue's gauges are the fleet's already, whichever process says them.
            Value =
                a.Type == "gauge" && a.Name.StartsWith("queue_", StringComparison.Ordinal) ? Math.Max(a.Value, b.Value) : a.Value + b.Value,
            Buckets = a.Buckets is null || b.Buckets is null ? a.Buckets ?? b.Buckets : [.. a.Buckets.Zip(b.Buckets, (x, y) => x + y)],
            Exemplars =
                a.Exemplars is null || b.Exemplars is null
                    ? a.Exemplars ?? b.Exemplars
                    : [.. a.Exemplars.Zip(b.Exemplars, (x, y) => y ?? x)],
        };
}
