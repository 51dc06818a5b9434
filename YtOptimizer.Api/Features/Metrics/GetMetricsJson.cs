using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>Metrics of all processes together as JSON.</summary>
internal static class GetMetricsJson
{
    /// <summary>The keys on top are those that the runbook pipes to jq.</summary>
    public static async Task<IResult> Handle(
        MetricSnapshots snapshots,
        QueueDepthMetrics queue,
        ChoreMetrics chores,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var fleet = await snapshots.ReadFleetAsync(ct);
        var figures = await queue.ReadAsync(ct);
        List<MetricPoint> points =
        [
            .. fleet.Points.Where(point => !QueueDepthMetrics.Tells(point.Name)),
            .. figures.ToPoints(),
            .. await chores.ReadAsync(ct),
        ];
        var memory = Memory(fleet);
        return TypedResults.Json(
            new
            {
                timestamp = clock.GetUtcNow(),
                instances = fleet.Instances,
                memory,
                memory_usage = memory,
                http_request_duration_seconds = Summary(
                    fleet.Buckets("http_request_duration_seconds"),
                    fleet.Sum("http_request_duration_seconds")
                ),
                database_query_duration = Summary(fleet.Buckets("db_query_duration_seconds"), fleet.Sum("db_query_duration_seconds")),
                queue = figures,
                metrics = points
                    .GroupBy(p => p.Name, StringComparer.Ordinal)
                    .Select(family => new
                    {
                        name = family.Key,
                        help = MetricHelp.For(family.Key),
                        type = family.First().Type,
                        values = family.Select(p => new
                        {
                            value = p.Value,
                            labels = p.Labels,
                            count = p.Buckets?.Sum(),
                        }),
                    }),
            }
        );
    }

    /// <summary>Bytes over all live processes.</summary>
    internal static object Memory(FleetMetrics fleet) =>
        new
        {
            heapUsed = fleet.Sum("memory_heap_used_bytes"),
            heapTotal = fleet.Sum("memory_heap_total_bytes"),
            rss = fleet.Sum("memory_rss_bytes"),
            external = Math.Max(0, fleet.Sum("memory_rss_bytes") - fleet.Sum("memory_heap_total_bytes")),
        };

    /// <summary>Seconds; null without observations.</summary>
    internal static object Summary(long[] buckets, double sum)
    {
        var count = buckets.Sum();
        return new
        {
            count,
            average = count == 0 ? (double?)null : sum / count,
            p50 = LatencyBuckets.Quantile(buckets, 0.50),
            p95 = LatencyBuckets.Quantile(buckets, 0.95),
            p99 = LatencyBuckets.Quantile(buckets, 0.99),
        };
    }
}
