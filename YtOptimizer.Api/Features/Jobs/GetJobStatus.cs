using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>How a job of the caller is doing, with its result when it is done.</summary>
internal static class GetJobStatus
{
    /// <param name="JobId">The job.</param>
    /// <param name="Status">pending, processing, completed, failed or cancelled.</param>
    /// <param name="Progress">0 to 100, never going back within a run.</param>
    /// <param name="Stage">What is being done.</param>
    /// <param name="Data">What was asked for.</param>
    /// <param name="Result">The analysis as it stands in the history.</param>
    /// <param name="Error">What went wrong and what to do, for people.</param>
    /// <param name="ErrorCode">The same for programs.</param>
    /// <param name="RetryCount">Attempts before this one.</param>
    /// <param name="QueuePosition">1 for the next of the caller's own waiting jobs; null when not waiting.</param>
    /// <param name="CreatedAt">When it was submitted.</param>
    /// <param name="ProcessedAt">When its first attempt began.</param>
    /// <param name="FinishedAt">When it ended.</param>
    public sealed record Response(
        Guid JobId,
        string Status,
        int Progress,
        string? Stage,
        JobData Data,
        JsonElement? Result,
        string? Error,
        string? ErrorCode,
        int RetryCount,
        long? QueuePosition,
        DateTime CreatedAt,
        DateTime? ProcessedAt,
        DateTime? FinishedAt
    );

    private const string Sql = """
        SELECT q.id, q.status, q.progress, q.stage, q.job_type, q.video_title, q.configuration::text AS configuration,
            to_jsonb(a)::text AS audit,
               q.error_message, q.error_code, q.retry_count, q.created_at, q.started_at, q.completed_at,
               CASE WHEN q.status = 'pending' THEN (SELECT 1 + count(*) FROM job_queue o WHERE o.user_id = q.user_id
                   AND o.status = 'pending' AND o.claim_rank < q.claim_rank) END AS position
        FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed'
        WHERE q.id = @jobId AND q.user_id = @userId
        """;

    [Refuses(404, "job_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid jobId, CurrentUser user, Db db, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<Row>(Sql, new { jobId, userId = user.Id }, ct) is { } row
            ? TypedResults.Ok(
                new Response(
                    row.Id,
                    row.Status,
                    row.Progress,
                    row.Stage,
                    new JobData(row.JobType, row.Id, row.VideoTitle, JsonElement.Parse(row.Configuration)),
                    row.Audit is null ? null : JsonElement.Parse(row.Audit),
                    row.ErrorMessage,
                    row.ErrorCode,
                    row.RetryCount,
                    row.Position,
                    row.CreatedAt,
                    row.StartedAt,
                    row.CompletedAt
                )
            )
            : Problems.NotFound("job_not_found", "No job with this id belongs to you.");

    private sealed record Row(
        Guid Id,
        string Status,
        int Progress,
        string? Stage,
        string JobType,
        string? VideoTitle,
        string Configuration,
        string? Audit,
        string? ErrorMessage,
        string? ErrorCode,
        int RetryCount,
        DateTime CreatedAt,
        DateTime? StartedAt,
        DateTime? CompletedAt,
        long? Position
    );
}
