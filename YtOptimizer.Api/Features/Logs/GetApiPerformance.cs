using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Latency and error rate of each endpoint over the last hours, most called first.</summary>
internal static class GetApiPerformance
{
    private const string Sql = """
        SELECT COALESCE(jsonb_agg(to_jsonb(x) ORDER BY x."requestCount" DESC, x.endpoint, x.method), '[]')::text FROM (
            SELECT endpoint, method, count(*) AS "requestCount", round(avg(response_time_ms), 1) AS "avgResponseTime",
                   percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS "p95ResponseTime",
                   percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms) AS "p99ResponseTime",
                   round(100.0 * count(*) FILTER (WHERE status_code >= 500) / count(*), 2) AS "errorRate"
            FROM api_request_logs WHERE created_at > now() - make_interval(hours => @hours)
            GROUP BY endpoint, method ORDER BY count(*) DESC, endpoint, method LIMIT 200) x
        """;

    public static async Task<Ok<LogAnswer<JsonElement>>> Handle([Range(1, 720)] int? hours, LogStore store, CancellationToken ct) =>
        TypedResults.Ok(new LogAnswer<JsonElement>("API performance", await store.ValueAsync(Sql, new { hours = hours ?? 24 }, ct)));
}
