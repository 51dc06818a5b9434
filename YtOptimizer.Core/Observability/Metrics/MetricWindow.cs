namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>What changed between two snapshots of one process: the row that charts and alerts read.</summary>
public sealed record MetricWindow
{
    // Probes and scrapes are not traffic: they would hide a failing product behind healthy polls.
    private static readonly string[] ProbeRoutes = ["/health", "/alive", "/metrics", "/api/v1/metrics"];

    public double Seconds { get; init; }

    public int Requests { get; init; }

    public int ServerErrors { get; init; }

    public int ClientErrors { get; init; }

    public int RateLimited { get; init; }

    public int[] Latency { get; init; } = [];

    public int DatabaseCalls { get; init; }

    public int DatabaseErrors { get; init; }

    public int[] DatabaseLatency { get; init; } = [];

    public int AiRequests { get; init; }

    public int AiFailures { get; init; }

    public long AiTokens { get; init; }

    public decimal AiCostUsd { get; init; }

    public int AuthSuccesses { get; init; }

    public int AuthFailures { get; init; }

    public int CacheHits { get; init; }

    public int CacheMisses { get; init; }

    public int SystemErrors { get; init; }

    public int Audits { get; init; }

    public static MetricWindow Between(IReadOnlyList<MetricPoint> before, IReadOnlyList<MetricPoint> after, double seconds)
    {
        var old = before.ToDictionary(point => point.SeriesKey, StringComparer.Ordinal);
        double Sum(string name, Func<IReadOnlyDictionary<string, string>, bool>? where = null) =>
            after
                .Where(p => p.Name == name && (where is null || where(p.Labels)))
                .Sum(p => p.Value - (old.TryGetValue(p.SeriesKey, out var o) ? o.Value : 0));
        int[] Buckets(string name, Func<IReadOnlyDictionary<string, string>, bool>? where = null)
        {
            var counts = new int[LatencyBuckets.Bounds.Length + 1];
            foreach (var point in after.Where(p => p.Name == name && p.Buckets is not null && (where is null || where(p.Labels))))
            {
                var earlier = old.GetValueOrDefault(point.SeriesKey)?.Buckets;
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] += (int)(point.Buckets![i] - (earlier?[i] ?? 0));
                }
            }

            return counts;
        }

        var latency = Buckets("http_request_duration_seconds", IsTraffic);
        var database = Buckets("db_query_duration_seconds");
        return new MetricWindow
        {
            Seconds = seconds,
            Requests = latency.Sum(),
            Latency = latency,
            ServerErrors = (int)Sum("http_requests_total", l => IsTraffic(l) && l.GetValueOrDefault("status_code", "").StartsWith('5')),
            ClientErrors = (int)Sum("http_requests_total", l => IsTraffic(l) && l.GetValueOrDefault("status_code", "").StartsWith('4')),
            RateLimited = (int)Sum("http_requests_total", l => IsTraffic(l) && l.GetValueOrDefault("status_code") == "429"),
            DatabaseCalls = database.Sum(),
            DatabaseLatency = database,
            DatabaseErrors = (int)Sum("errors_total", l => l.GetValueOrDefault("type") == "database"),
            AiRequests = (int)Sum("ai_requests_total"),
            AiFailures = (int)Sum("ai_requests_total", l => l.GetValueOrDefault("status") != "success"),
            AiTokens = (long)Sum("openai_tokens_total"),
            AiCostUsd = (decimal)Sum("openai_cost_usd_total"),
            AuthSuccesses = (int)Sum("auth_events_total", l => l.GetValueOrDefault("status") == "success"),
            AuthFailures = (int)Sum("auth_events_total", l => l.GetValueOrDefault("status") == "failure"),
            CacheHits = (int)Sum("cache_operations_total", l => l.GetValueOrDefault("result") == "hit"),
            CacheMisses = (int)Sum("cache_operations_total", l => l.GetValueOrDefault("result") == "miss"),
            SystemErrors = (int)Sum("errors_total", l => l.GetValueOrDefault("severity") is "error" or "critical"),
            Audits = (int)Sum("audit_count_total"),
        };
    }

    private static bool IsTraffic(IReadOnlyDictionary<string, string> labels)
    {
        var route = labels.GetValueOrDefault("route", "");
        return !ProbeRoutes.Any(probe => route.StartsWith(probe, StringComparison.OrdinalIgnoreCase));
    }
}
