using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Queues a dead letter again with fresh attempts; who did it goes into the audit trail with it.</summary>
internal static class RedriveJob
{
    public sealed record Response(Guid JobId, string Status, string Message);

    [Refuses(404, "dead_letter_not_found")]
    [RefusesToEnqueue]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid jobId,
        CurrentUser admin,
        HttpContext context,
        DeadLetters letters,
        CancellationToken ct
    )
    {
        var actor = new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId);
        var result = await letters.RedriveAsync(
            jobId,
            scope =>
                AuditTrail.AppendAsync(
                    scope,
                    actor,
                    "redrive_job",
                    "job",
                    jobId.ToString(),
                    context.Origin(),
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = JobStatus.Failed },
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = JobStatus.Pending }
                ),
            ct
        );
        return result?.Outcome switch
        {
            "restarted" => TypedResults.Ok(new Response(jobId, JobStatus.Pending, "The job is queued again.")),
            null or "not_found" or "wrong_state" => Problems.NotFound(
                "dead_letter_not_found",
                "No dead letter has this id. See GET /api/v1/admin/jobs/dead."
            ),
            _ => EnqueueProblems.Of(result),
        };
    }
}
