using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Lists with limit and offset, newest first.</summary>
internal static class ListLogs
{
    public static async Task<Ok<LogPage>> OfUser(Guid userId, [AsParameters] LogQuery query, LogStore store, CancellationToken ct) =>
        TypedResults.Ok(await store.PageAsync("User logs", LogStore.UserLogs, query with { UserId = userId }, null, ct));

    public static async Task<Ok<LogPage>> Errors(
        [AsParameters] LogQuery query,
        [MaxLength(64)] string? errorType,
        bool? resolved,
        LogStore store,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await store.PageAsync(
                "Error logs",
                LogStore.ErrorLogs
                    + " AND (@ErrorType::text IS NULL OR error_type = @ErrorType) AND (@Resolved::boolean IS NULL OR resolved = @Resolved)",
                query,
                new(StringComparer.Ordinal) { ["ErrorType"] = errorType, ["Resolved"] = resolved },
                ct
            )
        );

    public static async Task<Ok<LogPage>> VideoAnalysis(
        [AsParameters] LogQuery query,
        [MaxLength(64)] string? videoId,
        [AllowedValues(null, "initiated", "processing", "completed", "failed", "cancelled")] string? status,
        LogStore store,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await store.PageAsync(
                "Video analysis logs",
                LogStore.AnalysisLogs
                    + " AND (@VideoId::text IS NULL OR video_id = @VideoId) AND (@Status::text IS NULL OR status = @Status)",
                query,
                new(StringComparer.Ordinal) { ["VideoId"] = videoId, ["Status"] = status },
                ct
            )
        );

    public static async Task<Ok<LogPage>> Requests(
        [AsParameters] LogQuery query,
        [MaxLength(200)] string? endpoint,
        [MaxLength(10)] string? method,
        [Range(100, 599)] int? statusCode,
        LogStore store,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await store.PageAsync(
                "API request logs",
                LogStore.RequestLogs
                    + " AND (@Endpoint::text IS NULL OR strpos(endpoint, @Endpoint) > 0) AND (@Method::text IS NULL OR method = "
                    + "upper(@Method)) AND (@StatusCode::int IS NULL OR status_code = @StatusCode)",
                query,
                new(StringComparer.Ordinal)
                {
                    ["Endpoint"] = endpoint,
                    ["Method"] = method,
                    ["StatusCode"] = statusCode,
                },
                ct
            )
        );

    public static async Task<Ok<LogPage>> System(
        [AsParameters] LogQuery query,
        [MaxLength(32)] string? category,
        [MaxLength(64)] string? serviceName,
        LogStore store,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await store.PageAsync(
                "System logs",
                LogStore.SystemLogs
                    + " AND (@Category::text IS NULL OR category = @Category) AND (@ServiceName::text IS NULL OR service_name = "
                    + "@ServiceName)",
                query,
                new(StringComparer.Ordinal) { ["Category"] = category, ["ServiceName"] = serviceName },
                ct
            )
        );
}
