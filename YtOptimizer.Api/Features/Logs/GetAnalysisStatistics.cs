using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Analyses by outcome over the last days, with tokens and cost.</summary>
internal static class GetAnalysisStatistics
{
    private const string Sql = """
        SELECT jsonb_build_object('totalAnalyses', count(*), 'completedCount', count(*) FILTER (WHERE status = 'completed'), 'failedCount',
            count(*) FILTER (WHERE status = 'failed'),
            'processingCount', count(*) FILTER (WHERE status IN ('initiated', 'processing')), 'totalTokens', COALESCE(sum(tokens_consumed),
                0),
            'totalCost', COALESCE(sum(cost_usd), 0), 'avgProcessingTime', COALESCE(round(avg(processing_time_ms)), 0))::text
        FROM video_analysis_logs WHERE created_at > now() - make_interval(days => @days) AND (@userId::uuid IS NULL OR user_id = @userId)
        """;

    public static async Task<Ok<LogAnswer<JsonElement>>> Handle(
        Guid? userId,
        [Range(1, 365)] int? days,
        LogStore store,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            new LogAnswer<JsonElement>("Analysis statistics", await store.ValueAsync(Sql, new { userId, days = days ?? 30 }, ct))
        );
}
