using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.AnalysisLogs;
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

    [Refuses(404, "job_not_found")]
    [RefusesToEnqueue]
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
            AnalysisLogStore.WithCopiedLog,
            new { LogId = Guid.CreateVersion7(), OldJobId = jobId },
            ct
        );
        return result.Outcome switch
        {
            EnqueueOutcome.Created or EnqueueOutcome.Duplicate => TypedResults.Ok(
                new Response(true, result.JobId, "Analysis queued again.")
            ),
            _ => EnqueueProblems.Of(result),
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
