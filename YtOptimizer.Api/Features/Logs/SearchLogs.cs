using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Finds a text in the logs, at most 20 rows of each.</summary>
internal static class SearchLogs
{
    private const int PerLog = 20;

    public sealed record Request(
        [Required, StringLength(200, MinimumLength = 2)] string SearchTerm,
        DateTimeOffset? StartDate = null,
        DateTimeOffset? EndDate = null
    );

    public sealed record Response(
        IReadOnlyList<JsonElement> UserLogs,
        IReadOnlyList<JsonElement> ErrorLogs,
        IReadOnlyList<JsonElement> VideoAnalysisLogs,
        IReadOnlyList<JsonElement> SystemLogs
    );

    public static async Task<Ok<LogAnswer<Response>>> Handle(Request request, LogStore store, CancellationToken ct)
    {
        var query = new LogQuery
        {
            StartDate = request.StartDate,
            EndDate = request.EndDate,
            Limit = PerLog,
        };
        async Task<IReadOnlyList<JsonElement>> FindAsync(string from, string columns) =>
            // strpos takes the term as it is: no wildcard of LIKE can make the search slow.
            (
                await store.PageAsync(
                    "",
                    $"{from} AND strpos(lower(concat_ws(' ', {columns})), lower(@Term)) > 0",
                    query,
                    new(StringComparer.Ordinal) { ["Term"] = request.SearchTerm },
                    ct
                )
            ).Data;
        return TypedResults.Ok(
            new LogAnswer<Response>(
                "Matches",
                new Response(
                    await FindAsync(LogStore.UserLogs, "description, activity_type"),
                    await FindAsync(LogStore.ErrorLogs, "message, error_type, endpoint, request_id"),
                    await FindAsync(LogStore.AnalysisLogs, "video_title, video_url, video_id, error_message"),
                    await FindAsync(LogStore.SystemLogs, "message, category, service_name, request_id")
                )
            )
        );
    }
}
