using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Queues a copy of a failed or cancelled job; the old row stays as it ended.</summary>
internal static class RetryJob
{
    public sealed record Response(bool Success, Guid? NewJobId, string Message);

    private const string SourceSql = """
        SELECT status, job_type, payload::text AS payload, configuration::text AS configuration, video_title, request_hash, correlation_id,
            priority
        FROM job_queue WHERE id = @jobId AND user_id = @userId
        """;

    private static string WithLog(string enqueue) =>
        $"""
            WITH e AS ({enqueue}), log AS (
                INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage,
                    metadata)
                SELECT @LogId, l.user_id, e.job_id, l.video_id, l.video_url, l.video_title, l.analysis_type, 'initiated', 'queued',
                    jsonb_build_object('retry_of', l.job_id)
                FROM e JOIN video_analysis_logs l ON l.job_id = @OldJobId WHERE e.outcome = 'created'
            )
            SELECT * FROM e
            """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid jobId,
        CurrentUser user,
        JobQueue queue,
        Db db,
        CancellationToken ct
    )
    {
        if (await db.FirstOrDefaultAsync<Source>(SourceSql, new { jobId, userId = user.Id }, ct) is not { } source)
        {
            return Problems.NotFound("job_not_found", "No job with this id belongs to you.");
        }

        if (source.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            return TypedResults.Ok(
                new Response(false, null, $"Only failed and cancelled analyses can be tried again; this one is {source.Status}.")
            );
        }

        var result = await queue.EnqueueAsync(
            new NewJob
            {
                Id = Guid.CreateVersion7(),
                UserId = user.Id,
                JobType = source.JobType,
                Payload = source.Payload,
                Configuration = source.Configuration,
                Title = source.VideoTitle,
                RequestHash = source.RequestHash,
                CorrelationId = source.CorrelationId,
                Priority = source.Priority,
            },
            WithLog,
            new { LogId = Guid.CreateVersion7(), OldJobId = jobId },
            ct
        );
        return result.Outcome switch
        {
            EnqueueOutcome.Created or EnqueueOutcome.Duplicate => TypedResults.Ok(
                new Response(true, result.JobId, "Analysis queued again.")
            ),
            EnqueueOutcome.UserFull => Refusal.Of("user_full", result.Used, result.Allowed, null),
            EnqueueOutcome.QuotaExceeded => Refusal.Of("quota_exceeded", result.Used, result.Allowed, result.ResetsAt),
            _ => Refusal.Of("queue_full", result.Used, result.Allowed, null),
        };
    }

    private sealed record Source(
        string Status,
        string JobType,
        string Payload,
        string Configuration,
        string? VideoTitle,
        byte[]? RequestHash,
        string? CorrelationId,
        int Priority
    );
}
