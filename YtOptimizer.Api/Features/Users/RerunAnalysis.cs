using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Users;

/// <summary>
/// Queues an analysis once more for its owner, with what the owner sent; it does not count against the plan. Named by the id of its log
/// row or job, or by YouTube's id of the video (the latest).
/// </summary>
internal static class RerunAnalysis
{
    /// <param name="JobId">The new job.</param>
    /// <param name="UserId">Its owner.</param>
    /// <param name="Message">For people.</param>
    public sealed record Response(Guid JobId, Guid UserId, string Message);

    private const string SourceSql = """
        SELECT q.id, q.user_id, q.job_type, q.payload::text AS payload, q.configuration::text AS configuration, q.video_title, q.priority
        FROM (SELECT l.job_id FROM video_analysis_logs l
              WHERE (l.id = @key::uuid OR l.job_id = @key::uuid OR l.video_id = @videoId) AND (@userId::uuid IS NULL OR l.user_id = @userId)
              ORDER BY l.created_at DESC, l.id LIMIT 1) found
        JOIN job_queue q ON q.id = found.job_id
        WHERE q.status IN ('completed', 'failed', 'cancelled')
        """;

    [Refuses(404, "analysis_not_found")]
    [RefusesToEnqueue]
    public static Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string videoId,
        CurrentUser admin,
        HttpContext context,
        JobQueue queue,
        Db db,
        CancellationToken ct
    ) => RunAsync(null, videoId, admin, context, queue, db, ct);

    [Refuses(404, "analysis_not_found")]
    [RefusesToEnqueue]
    public static Task<Results<Ok<Response>, ProblemHttpResult>> HandleOfUser(
        Guid id,
        string videoId,
        CurrentUser admin,
        HttpContext context,
        JobQueue queue,
        Db db,
        CancellationToken ct
    ) => RunAsync(id, videoId, admin, context, queue, db, ct);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> RunAsync(
        Guid? userId,
        string videoId,
        CurrentUser admin,
        HttpContext context,
        JobQueue queue,
        Db db,
        CancellationToken ct
    )
    {
        var key = Guid.TryParse(videoId, out var parsed) ? parsed : (Guid?)null;
        if (
            videoId.Length > 64
            || await db.FirstOrDefaultAsync<Source>(
                SourceSql,
                new
                {
                    key,
                    videoId,
                    userId,
                },
                ct
            )
                is not { } source
        )
        {
            return Problems.NotFound("analysis_not_found", "There is no finished analysis of this id whose job is still kept.");
        }

        var job = new NewJob
        {
            Id = Guid.CreateVersion7(),
            UserId = source.UserId,
            JobType = source.JobType,
            Payload = source.Payload,
            Configuration = source.Configuration,
            Title = source.VideoTitle,
            CorrelationId = context.Origin().RequestId,
            Priority = source.Priority,
            Charged = false,
        };
        var result = await queue.EnqueueAsync(
            job,
            AnalysisLogStore.WithCopiedLog,
            new { LogId = Guid.CreateVersion7(), OldJobId = source.Id },
            scope =>
                new AdminAction("rerun_analysis", "job", source.Id.ToString(), $"An analysis of account {source.UserId} was queued again")
                {
                    After = new Dictionary<string, object?>(StringComparer.Ordinal) { ["newJobId"] = job.Id, ["userId"] = source.UserId },
                }.RecordAsync(scope, admin.ToActor(), context.Origin()),
            ct
        );
        return result.Outcome == EnqueueOutcome.Created
            ? TypedResults.Ok(new Response(job.Id, source.UserId, "The analysis is queued again; it is not counted."))
            : EnqueueProblems.Of(result);
    }

    private sealed record Source(
        Guid Id,
        Guid UserId,
        string JobType,
        string Payload,
        string Configuration,
        string? VideoTitle,
        int Priority
    );
}
