using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Stops a waiting or running job. Cancelling again, or too late, is no error: the answer says how the job ended.</summary>
internal static class CancelJob
{
    public sealed record Response(bool Cancelled, Guid JobId, string Status, string Message);

    [Refuses(404, "job_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid jobId,
        CurrentUser user,
        JobCancellation cancellation,
        CancellationToken ct
    ) =>
        await cancellation.CancelAsync(jobId, user.Id, ct) is { } status
            ? TypedResults.Ok(
                status == JobStatus.Cancelled
                    ? new Response(true, jobId, status, "Analysis cancelled. Nothing was counted against your plan.")
                    : new Response(false, jobId, status, $"The analysis has already {status}.")
            )
            : Problems.NotFound("job_not_found", "No job with this id belongs to you.");
}
