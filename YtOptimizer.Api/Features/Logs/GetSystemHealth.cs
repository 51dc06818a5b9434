using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Errors outside of requests in the last hour, by category.</summary>
internal static class GetSystemHealth
{
    private const string Sql = """
        WITH s AS (SELECT * FROM system_logs WHERE created_at > now() - interval '1 hour')
        SELECT jsonb_build_object('errorCount', (SELECT count(*) FROM s WHERE log_level = 'error'), 'warningCount', (SELECT count(*) FROM s
            WHERE log_level = 'warning'),
            'criticalCount', (SELECT count(*) FROM s WHERE log_level = 'critical'), 'avgMemoryUsage',
                (SELECT COALESCE(round(avg(memory_usage_mb)), 0) FROM s),
            'byCategory', (SELECT COALESCE(jsonb_object_agg(category, n), '{}') FROM (SELECT category, count(*) AS n FROM s
                GROUP BY 1) x))::text
        """;

    public static async Task<Ok<LogAnswer<JsonElement>>> Handle(LogStore store, CancellationToken ct) =>
        TypedResults.Ok(new LogAnswer<JsonElement>("System health of the last hour", await store.ValueAsync(Sql, new { }, ct)));
}
