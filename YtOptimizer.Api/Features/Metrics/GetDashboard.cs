using Microsoft.AspNetCore.Authorization;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>The figures of the last minutes or hours: JSON for programs, a page for browsers.</summary>
internal static class GetDashboard
{
    private const string SeriesSql = """
        SELECT date_bin(make_interval(secs => @step), taken_at, timestamptz 'epoch') AS at,
               sum(requests) AS requests, sum(server_errors) AS server_errors, sum(client_errors) AS client_errors,
                   sum(rate_limited) AS rate_limited,
               sum(database_calls) AS database_calls, sum(database_errors) AS database_errors,
               sum(ai_requests) AS ai_requests, sum(ai_failures) AS ai_failures, sum(ai_tokens)::bigint AS ai_tokens,
                   sum(ai_cost_usd) AS ai_cost_usd,
               sum(auth_successes) AS auth_successes, sum(auth_failures) AS auth_failures,
               sum(cache_hits) AS cache_hits, sum(cache_misses) AS cache_misses, sum(audits) AS audits,
               max(queue_waiting) AS queue_waiting, max(queue_running) AS queue_running,
                   max(queue_oldest_seconds)::float8 AS queue_oldest_seconds,
               (sum(rss_bytes) / GREATEST(1, count(*)) * count(DISTINCT instance_id))::bigint AS rss_bytes,
               (sum(heap_bytes) / GREATEST(1, count(*)) * count(DISTINCT instance_id))::bigint AS heap_bytes
        FROM metric_windows WHERE taken_at > now() - make_interval(secs => @seconds)
        GROUP BY 1 ORDER BY 1
        """;

    private const string LatencySql = """
        SELECT date_bin(make_interval(secs => @step), taken_at, timestamptz 'epoch') AS at, bucket::int AS bucket,
            sum(http)::bigint AS http, sum(db)::bigint AS db
        FROM metric_windows, unnest(latency, database_latency) WITH ORDINALITY AS counts(http, db, bucket)
        WHERE taken_at > now() - make_interval(secs => @seconds)
        GROUP BY 1, 2 ORDER BY 1, 2
        """;

    private static readonly Dictionary<string, (int Seconds, int Step)> Windows = new(StringComparer.Ordinal)
    {
        ["5m"] = (300, 5),
        ["15m"] = (900, 15),
        ["1h"] = (3600, 60),
        ["6h"] = (21600, 300),
        ["24h"] = (86400, 900),
    };

    /// <summary><paramref name="window"/>: 5m, 15m (default), 1h, 6h or 24h.</summary>
    [Refuses(400, "unknown_window")]
    [Refuses(401, "metrics_unauthorized")]
    public static async Task<IResult> Handle(
        HttpContext context,
        IAuthorizationService authorization,
        MetricSnapshots snapshots,
        QueueDepthMetrics queue,
        Db db,
        TimeProvider clock,
        string? window,
        CancellationToken ct
    )
    {
        if (DashboardPage.IsWanted(context.Request))
        {
            return DashboardPage.GetShell(context);
        }

        if (!(await authorization.AuthorizeAsync(context.User, context, Policies.Metrics)).Succeeded)
        {
            return Problems.Unauthorized(
                "metrics_unauthorized",
                "Send METRICS_TOKEN or an administrator's access token as a bearer token, or ask from this machine or a network of "
                    + "METRICS_NETWORKS."
            );
        }

        if (!Windows.TryGetValue(window ?? "15m", out var span))
        {
            return Problems.BadRequest("unknown_window", "window is one of 5m, 15m, 1h, 6h, 24h.");
        }

        var fleet = await snapshots.ReadFleetAsync(ct);
        var series = await db.QueryAsync<SeriesRow>(SeriesSql, new { step = (double)span.Step, seconds = (double)span.Seconds }, ct);
        var latency = await db.QueryAsync<LatencyRow>(LatencySql, new { step = (double)span.Step, seconds = (double)span.Seconds }, ct);
        return TypedResults.Json(
            new
            {
                timestamp = clock.GetUtcNow(),
                window = window ?? "15m",
                stepSeconds = span.Step,
                instances = fleet.Instances,
                memory = GetMetricsJson.Memory(fleet),
                queue = await queue.ReadAsync(ct),
                summary = Totals(fleet),
                latency = GetMetricsJson.Summary(Total(latency, r => r.Http), 0),
                series,
                percentiles = latency.GroupBy(r => r.At).Select(g => Percentiles(g.Key, [.. g])),
                details = new
                {
                    httpRequests = Details(fleet, "http_requests_total"),
                    errors = Details(fleet, "errors_total"),
                    aiRequests = Details(fleet, "ai_requests_total"),
                    openaiTokens = Details(fleet, "openai_tokens_total"),
                    cacheOperations = Details(fleet, "cache_operations_total"),
                    authEvents = Details(fleet, "auth_events_total"),
                },
            }
        );
    }

    private static object Totals(FleetMetrics fleet)
    {
        var database = fleet.Buckets("db_query_duration_seconds").Sum();
        return new
        {
            totalHttpRequests = fleet.Sum("http_requests_total"),
            totalErrors = fleet.Sum("errors_total"),
            totalAiRequests = fleet.Sum("ai_requests_total"),
            totalCacheOperations = fleet.Sum("cache_operations_total"),
            totalAuthEvents = fleet.Sum("auth_events_total"),
            totalAudits = fleet.Sum("audit_count_total"),
            openaiTokens = fleet.Sum("openai_tokens_total"),
            openaiCostUsd = fleet.Sum("openai_cost_usd_total"),
            avgDbQueryTime = database == 0 ? 0 : fleet.Sum("db_query_duration_seconds") / database,
        };
    }

    private static object Percentiles(DateTime at, IReadOnlyList<LatencyRow> rows)
    {
        var http = Total(rows, r => r.Http);
        var db = Total(rows, r => r.Db);
        return new
        {
            at,
            p50 = LatencyBuckets.Quantile(http, 0.5),
            p95 = LatencyBuckets.Quantile(http, 0.95),
            p99 = LatencyBuckets.Quantile(http, 0.99),
            dbP95 = LatencyBuckets.Quantile(db, 0.95),
        };
    }

    private static long[] Total(IEnumerable<LatencyRow> rows, Func<LatencyRow, long> value)
    {
        var counts = new long[LatencyBuckets.Bounds.Length + 1];
        foreach (var row in rows.Where(r => r.Bucket >= 1 && r.Bucket <= counts.Length))
        {
            counts[row.Bucket - 1] += value(row);
        }

        return counts;
    }

    private static IEnumerable<object> Details(FleetMetrics fleet, string name) =>
        fleet.Points.Where(p => p.Name == name).OrderByDescending(p => p.Value).Take(50).Select(p => new { p.Labels, p.Value });

    private sealed record SeriesRow
    {
        public DateTime At { get; init; }

        public long Requests { get; init; }

        public long ServerErrors { get; init; }

        public long ClientErrors { get; init; }

        public long RateLimited { get; init; }

        public long DatabaseCalls { get; init; }

        public long DatabaseErrors { get; init; }

        public long AiRequests { get; init; }

        public long AiFailures { get; init; }

        public long AiTokens { get; init; }

        public decimal AiCostUsd { get; init; }

        public long AuthSuccesses { get; init; }

        public long AuthFailures { get; init; }

        public long CacheHits { get; init; }

        public long CacheMisses { get; init; }

        public long Audits { get; init; }

        public int QueueWaiting { get; init; }

        public int QueueRunning { get; init; }

        public double QueueOldestSeconds { get; init; }

        public long RssBytes { get; init; }

        public long HeapBytes { get; init; }
    }

    private sealed record LatencyRow
    {
        public DateTime At { get; init; }

        public int Bucket { get; init; }

        public long Http { get; init; }

        public long Db { get; init; }
    }
}
