using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>What users said and used over a week, a month or a quarter.</summary>
internal static class GetFeedbackAnalytics
{
    /// <summary>Satisfaction is 1 to 5, of the usage events that carry one; null for none.</summary>
    public sealed record Response(
        long TotalFeedbacks,
        IReadOnlyDictionary<string, long> FeedbacksByType,
        double? AverageSatisfaction,
        IReadOnlyList<Requested> TopRequestedFeatures,
        IReadOnlyList<Recent> RecentFeedbacks,
        IReadOnlyList<Used> FeatureUsageStats
    );

    /// <param name="Feature">Its name, compared without case.</param>
    /// <param name="Requests">Its votes.</param>
    /// <param name="AvgImportance">1 to 10.</param>
    public sealed record Requested(string Feature, long Requests, double AvgImportance);

    public sealed record Recent(
        Guid Id,
        string Type,
        string Title,
        string Description,
        string? Priority,
        string Status,
        DateTime CreatedAt
    );

    public sealed record Used(string Feature, long UsageCount, double? AvgSatisfaction);

    private sealed record Count(string Type, long Number);

    private const string ByTypeSql =
        "SELECT type, count(*) AS number FROM user_feedbacks WHERE created_at >= @since GROUP BY type ORDER BY type";
    private const string SatisfactionSql =
        "SELECT round(avg(satisfaction), 2)::float8 FROM usage_events WHERE created_at >= @since AND satisfaction IS NOT NULL";
    private const string FeaturesSql = """
        SELECT min(feature_name) AS feature, sum(votes)::bigint AS requests, round(avg(importance), 2)::float8 AS avg_importance
        FROM feature_requests WHERE created_at >= @since GROUP BY lower(feature_name)
        ORDER BY requests DESC, avg_importance DESC, feature LIMIT 5
        """;
    private const string RecentSql = """
        SELECT id, type, title, description, priority, status, created_at FROM user_feedbacks WHERE created_at >= @since
        ORDER BY created_at DESC, id DESC LIMIT 5
        """;
    private const string UsedSql = """
        SELECT feature, count(*) AS usage_count, round(avg(satisfaction), 2)::float8 AS avg_satisfaction FROM usage_events
        WHERE created_at >= @since GROUP BY feature ORDER BY usage_count DESC, feature LIMIT 10
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Db db,
        TimeProvider clock,
        CancellationToken ct,
        string timeRange = "month"
    )
    {
        var days = timeRange switch
        {
            "week" => 7,
            "month" => 30,
            "quarter" => 91,
            _ => 0,
        };
        if (days == 0)
        {
            return Problems.BadRequest("validation_failed", "timeRange must be week, month or quarter.");
        }

        var since = new { since = clock.GetUtcNow().AddDays(-days) };
        var byType = (await db.QueryAsync<Count>(ByTypeSql, since, ct)).ToDictionary(c => c.Type, c => c.Number, StringComparer.Ordinal);
        return TypedResults.Ok(
            new Response(
                byType.Values.Sum(),
                byType,
                await db.ScalarAsync<double?>(SatisfactionSql, since, ct),
                await db.QueryAsync<Requested>(FeaturesSql, since, ct),
                await db.QueryAsync<Recent>(RecentSql, since, ct),
                await db.QueryAsync<Used>(UsedSql, since, ct)
            )
        );
    }
}
