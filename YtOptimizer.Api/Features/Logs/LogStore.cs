using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Reads pages of the log tables. Rows come as JSON with the columns' own names; request bodies and headers are never
/// stored.</summary>
internal sealed class LogStore(Db db)
{
    public const string UserLogs = """
        FROM user_logs t WHERE (@UserId::uuid IS NULL OR user_id = @UserId) AND (@LogType::text IS NULL OR log_type = @LogType)
            AND (@Severity::text IS NULL OR severity = @Severity)
        AND (@StartDate::timestamptz IS NULL OR created_at >= @StartDate) AND (@EndDate::timestamptz IS NULL OR created_at <= @EndDate)
        """;

    public const string ErrorLogs = """
        FROM error_logs t WHERE (@UserId::uuid IS NULL OR user_id = @UserId) AND (@Severity::text IS NULL OR severity = @Severity)
        AND (@StartDate::timestamptz IS NULL OR created_at >= @StartDate) AND (@EndDate::timestamptz IS NULL OR created_at <= @EndDate)
        """;

    public const string AnalysisLogs = """
        FROM video_analysis_logs t WHERE (@UserId::uuid IS NULL OR user_id = @UserId)
        AND (@StartDate::timestamptz IS NULL OR created_at >= @StartDate) AND (@EndDate::timestamptz IS NULL OR created_at <= @EndDate)
        """;

    public const string RequestLogs = """
        FROM api_request_logs t WHERE (@UserId::uuid IS NULL OR user_id = @UserId)
        AND (@StartDate::timestamptz IS NULL OR created_at >= @StartDate) AND (@EndDate::timestamptz IS NULL OR created_at <= @EndDate)
        """;

    // system_logs know no users: a filter by user finds nothing.
    public const string SystemLogs = """
        FROM system_logs t WHERE @UserId::uuid IS NULL AND (@Severity::text IS NULL OR log_level = @Severity)
        AND (@StartDate::timestamptz IS NULL OR created_at >= @StartDate) AND (@EndDate::timestamptz IS NULL OR created_at <= @EndDate)
        """;

    /// <param name="message">For the answer.</param>
    /// <param name="from">One of the constants above, with further conditions.</param>
    /// <param name="query">Limits and filters.</param>
    /// <param name="filters">Parameters of the further conditions.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<LogPage> PageAsync(
        string message,
        string from,
        LogQuery query,
        Dictionary<string, object?>? filters,
        CancellationToken ct
    )
    {
        var parameters = new Dictionary<string, object?>(filters ?? [], StringComparer.Ordinal)
        {
            ["UserId"] = query.UserId,
            ["LogType"] = query.LogType,
            ["Severity"] = query.Severity,
            ["StartDate"] = query.StartDate,
            ["EndDate"] = query.EndDate,
            ["Limit"] = query.PageSize,
            ["Offset"] = query.Skip,
        };
        var rows = await db.QueryAsync<string>(
            $"SELECT to_jsonb(t)::text {from} ORDER BY created_at DESC, id LIMIT @Limit OFFSET @Offset",
            parameters,
            ct
        );
        var total = await db.ScalarAsync<long>($"SELECT count(*) {from}", parameters, ct);
        return new LogPage(message, [.. rows.Select(Parse)], total, query.PageSize, query.Skip);
    }

    /// <summary>One JSON value that a statement builds itself.</summary>
    public async Task<JsonElement> ValueAsync(string sql, object parameters, CancellationToken ct) =>
        Parse(await db.ScalarAsync<string>(sql, parameters, ct) ?? "null");

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
