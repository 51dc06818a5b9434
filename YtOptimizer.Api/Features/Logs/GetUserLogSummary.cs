using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>What an account did over the last days, counted by kind. One's own, or for administrators anybody's.</summary>
internal static class GetUserLogSummary
{
    private const string Sql = """
        SELECT COALESCE(jsonb_object_agg(activity_type, jsonb_build_object('count', n, 'severities', severities)), '{}')::text FROM (
            SELECT activity_type, sum(c) AS n, jsonb_object_agg(severity, c) AS severities FROM (
                SELECT activity_type, severity, count(*) AS c FROM user_logs
                WHERE user_id = @userId AND created_at > now() - make_interval(days => @days) GROUP BY 1, 2) x
            GROUP BY 1) y
        """;

    [Refuses(403, "not_your_logs")]
    public static async Task<Results<Ok<LogAnswer<JsonElement>>, ProblemHttpResult>> Handle(
        Guid userId,
        [Range(1, 365)] int? days,
        CurrentUser user,
        LogStore store,
        CancellationToken ct
    ) =>
        user.Id == userId || user.Role == "admin"
            ? TypedResults.Ok(new LogAnswer<JsonElement>("Activity", await store.ValueAsync(Sql, new { userId, days = days ?? 30 }, ct)))
            : Problems.Forbidden("not_your_logs", "Only an administrator may read the logs of another account.");
}
