using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>The caller's latest fifty jobs, newest first, as a bare array.</summary>
internal static class ListJobs
{
    public sealed record Item(
        Guid Id,
        string Status,
        string Type,
        DateTime CreatedAt,
        int Progress,
        string? Stage,
        DateTime? CompletedAt,
        string? Error,
        JobData Data
    );

    private const string Sql = """
        SELECT id, status, job_type, created_at, progress, stage, completed_at, error_message, video_title,
            configuration::text AS configuration
        FROM job_queue WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT 50
        """;

    public static async Task<Ok<Item[]>> Handle(CurrentUser user, Db db, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(Sql, new { userId = user.Id }, ct);
        return TypedResults.Ok(
            rows.Select(row => new Item(
                    row.Id,
                    row.Status,
                    row.JobType,
                    row.CreatedAt,
                    row.Progress,
                    row.Stage,
                    row.CompletedAt,
                    row.Status == "failed" ? row.ErrorMessage : null,
                    new JobData(row.JobType, row.Id, row.VideoTitle, JsonElement.Parse(row.Configuration))
                ))
                .ToArray()
        );
    }

    private sealed record Row(
        Guid Id,
        string Status,
        string JobType,
        DateTime CreatedAt,
        int Progress,
        string? Stage,
        DateTime? CompletedAt,
        string? ErrorMessage,
        string? VideoTitle,
        string Configuration
    );
}
