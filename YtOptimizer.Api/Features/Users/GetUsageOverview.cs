using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What an account has used of its plan: analyses, tokens, calls, latest activities and analyses.</summary>
internal static class GetUsageOverview
{
    /// <param name="Message">For people.</param>
    /// <param name="Data">The overview; -1 is unlimited.</param>
    public sealed record Response(string Message, JsonElement Data);

    // The whole answer is one statement and one snapshot: figures of one moment that fit together. Limits come from subscription_limits
    // alone; a limit of 0 is sent as it is stored.
    private const string Sql = """
        WITH who AS (
            SELECT p.id, p.email, p.name, e.tier, e.period_start, e.period_end, e.video_limit AS video_analysis_limit, e.token_limit,
                e.api_calls_limit
            FROM profiles p CROSS JOIN LATERAL plan_state(p.id, now()) e
            WHERE p.id = @id),
        videos AS (SELECT count(*)::int AS total, count(*) FILTER (WHERE a.created_at >= w.period_start)::int AS monthly FROM who w LEFT
            JOIN audits a ON a.user_id = w.id WHERE a.id IS NOT NULL),
        tokens AS (SELECT coalesce(sum(t.total_tokens), 0)::bigint AS total,
            coalesce(sum(t.total_tokens) FILTER (WHERE t.created_at >= w.period_start), 0)::bigint AS monthly
                   FROM who w LEFT JOIN user_token_usage t ON t.user_id = w.id),
        features AS (SELECT t.feature_type, sum(t.total_tokens)::bigint AS used FROM who w JOIN user_token_usage t ON t.user_id = w.id
            AND t.created_at >= w.period_start GROUP BY 1),
        calls AS (SELECT count(r.id)::int AS total, count(r.id) FILTER (WHERE r.created_at >= w.period_start)::int AS monthly FROM who w
            LEFT JOIN api_request_logs r ON r.user_id = w.id),
        endpoints AS (SELECT r.endpoint, count(*)::int AS used FROM who w JOIN api_request_logs r ON r.user_id = w.id GROUP BY 1
            ORDER BY 2 DESC, 1 LIMIT 10),
        activities AS (SELECT u.id, u.activity_type, u.description, u.created_at, u.metadata FROM who w JOIN user_logs u ON u.user_id = w.id
            ORDER BY u.created_at DESC, u.id LIMIT 20),
        history AS (SELECT v.* FROM who w JOIN video_analysis_logs v ON v.user_id = w.id ORDER BY v.created_at DESC, v.id LIMIT 50)
        SELECT json_build_object(
            'userId', w.id, 'email', w.email, 'name', coalesce(w.name, ''), 'subscriptionTier', w.tier,
            'videoAnalysis', json_build_object('totalAnalyzed', v.total, 'monthlyAnalyzed', v.monthly, 'limit', w.video_analysis_limit,
                'remaining', CASE WHEN w.video_analysis_limit < 0 THEN -1 ELSE greatest(w.video_analysis_limit - v.monthly, 0) END,
                'percentageUsed', CASE WHEN w.video_analysis_limit <= 0 THEN 0 ELSE least(100,
                    v.monthly * 100 / w.video_analysis_limit) END),
            'tokens', json_build_object('totalUsed', t.total, 'monthlyUsed', t.monthly, 'limit', w.token_limit,
                'remaining', CASE WHEN w.token_limit < 0 THEN -1 ELSE greatest(w.token_limit - t.monthly, 0) END,
                'percentageUsed', CASE WHEN w.token_limit <= 0 THEN 0 ELSE least(100, t.monthly * 100 / w.token_limit) END,
                'breakdown', (SELECT coalesce(json_agg(json_build_object('featureType', f.feature_type, 'tokensConsumed', f.used,
                    'percentage', CASE WHEN t.monthly = 0 THEN 0 ELSE round(f.used * 100.0 / t.monthly, 1) END) ORDER BY f.used DESC,
                        f.feature_type), '[]'::json) FROM features f)),
            'apiCalls', json_build_object('totalCalls', c.total, 'monthlyCallsCount', c.monthly, 'limit', w.api_calls_limit,
                'remaining', CASE WHEN w.api_calls_limit < 0 THEN -1 ELSE greatest(w.api_calls_limit - c.monthly, 0) END,
                'percentageUsed', CASE WHEN w.api_calls_limit <= 0 THEN 0 ELSE least(100, c.monthly * 100 / w.api_calls_limit) END,
                'byEndpoint', (SELECT coalesce(json_agg(json_build_object('endpoint', e.endpoint, 'count', e.used,
                    'percentage', CASE WHEN c.total = 0 THEN 0 ELSE round(e.used * 100.0 / c.total, 1) END) ORDER BY e.used DESC,
                        e.endpoint), '[]'::json) FROM endpoints e)),
            'recentActivities', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'activityType', a.activity_type, 'description',
                a.description,
                    'timestamp', to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'metadata', a.metadata)
                        ORDER BY a.created_at DESC, a.id), '[]'::json) FROM activities a),
            'videoAnalysisHistory', (SELECT coalesce(json_agg(json_build_object('id', h.id, 'videoId', h.video_id, 'videoTitle',
                coalesce(h.video_title, ''), 'videoUrl', h.video_url,
                    'analysisType', h.analysis_type, 'tokensUsed', h.tokens_consumed, 'status', h.status,
                    'createdAt', to_char(h.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'completedAt', to_char(h.completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'results', h.results)
                        ORDER BY h.created_at DESC, h.id), '[]'::json) FROM history h),
            'period', json_build_object('startDate', to_char(w.period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'endDate', to_char(w.period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'daysRemaining', greatest(0, ceil(extract(epoch FROM w.period_end - now()) / 86400))::int))::text
        FROM who w CROSS JOIN videos v CROSS JOIN tokens t CROSS JOIN calls c
        """;

    [Refuses(404, "user_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Db db, CancellationToken ct) =>
        await db.ScalarAsync<string>(Sql, new { id }, ct) is { } json
            ? TypedResults.Ok(new Response("Usage of the account.", JsonSerializer.Deserialize<JsonElement>(json)))
            : GetUser.NotFound();
}
