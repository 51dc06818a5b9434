using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Figures over all logs of the last days, 7 when nothing is said.</summary>
internal static class GetLogDashboard
{
    private const string Sql = """
        SELECT jsonb_build_object(
            'errors', (SELECT jsonb_build_object('total', count(*), 'unresolved', count(*) FILTER (WHERE NOT resolved), 'critical',
                count(*) FILTER (WHERE severity = 'critical')) FROM error_logs WHERE created_at > now() - p.age),
            'videoAnalysis', (SELECT jsonb_build_object('total', count(*), 'completed', count(*) FILTER (WHERE status = 'completed'),
                'failed', count(*) FILTER (WHERE status = 'failed'), 'tokens', COALESCE(sum(tokens_consumed), 0)) FROM video_analysis_logs
                WHERE created_at > now() - p.age),
            'apiPerformance', (SELECT jsonb_build_object('requests', count(*), 'avgResponseTime', COALESCE(round(avg(response_time_ms), 1),
                0), 'p95ResponseTime', COALESCE(percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms), 0), 'errorRate',
                COALESCE(round(100.0 * count(*) FILTER (WHERE status_code >= 500) / NULLIF(count(*), 0), 2), 0)) FROM api_request_logs
                WHERE created_at > now() - p.age),
            'systemHealth', (SELECT jsonb_build_object('errors', count(*) FILTER (WHERE log_level = 'error'), 'critical',
                count(*) FILTER (WHERE log_level = 'critical')) FROM system_logs WHERE created_at > now() - p.age),
            'period', jsonb_build_object('days', @days, 'startDate', now() - p.age, 'endDate', now()))::text
        FROM (SELECT make_interval(days => @days) AS age) p
        """;

    public static async Task<Ok<LogAnswer<JsonElement>>> Handle([Range(1, 365)] int? days, LogStore store, CancellationToken ct) =>
        TypedResults.Ok(new LogAnswer<JsonElement>("Log figures", await store.ValueAsync(Sql, new { days = days ?? 7 }, ct)));
}
