using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Errors by type and severity over the last days.</summary>
internal static class GetErrorStatistics
{
    private const string Sql = """
        WITH e AS (SELECT * FROM error_logs WHERE created_at > now() - make_interval(days => @days))
        SELECT jsonb_build_object(
            'totalErrors', (SELECT count(DISTINCT COALESCE(fingerprint, id::text)) FROM e), 'totalOccurrences',
                (SELECT COALESCE(sum(occurrences), 0) FROM e),
            'byType', (SELECT COALESCE(jsonb_object_agg(error_type, n), '{}') FROM (SELECT error_type, count(*) AS n FROM e GROUP BY 1) x),
            'bySeverity', (SELECT COALESCE(jsonb_object_agg(severity, n), '{}') FROM (SELECT severity, count(*) AS n FROM e GROUP BY 1) x),
            'resolvedCount', (SELECT count(*) FROM e WHERE resolved), 'unresolvedCount', (SELECT count(*) FROM e WHERE NOT resolved))::text
        """;

    public static async Task<Ok<LogAnswer<JsonElement>>> Handle([Range(1, 365)] int? days, LogStore store, CancellationToken ct) =>
        TypedResults.Ok(new LogAnswer<JsonElement>("Error statistics", await store.ValueAsync(Sql, new { days = days ?? 30 }, ct)));
}
