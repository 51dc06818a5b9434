using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Runs a failed or cancelled job again under its own id.</summary>
internal static class RestartJob
{
    public sealed record Response(bool Success, Guid JobId, string Status, string Message);

    [Refuses(404, "job_not_found")]
    [RefusesToEnqueue]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid jobId,
        CurrentUser user,
        HttpContext context,
        JobQueue queue,
        Db db,
        CancellationToken ct
    )
    {
        var result = await queue.RestartAsync(jobId, user.Id, ct);
        switch (result.Outcome)
        {
            case "restarted":
                return TypedResults.Ok(new Response(true, jobId, JobStatus.Pending, "Analysis restarted."));
            // A repeated request for what is already under way, or done, is no error for the caller.
            case "wrong_state":
                return TypedResults.Ok(
                    new Response(
                        false,
                        jobId,
                        result.Status!,
                        $"Only failed and cancelled analyses can be restarted; this one is {result.Status}."
                    )
                );
            case "not_found":
                return Problems.NotFound("job_not_found", "No job with this id belongs to you.");
            default:
                var refusal = EnqueueProblems.Of(result);
                if (!PreferHandling.IsLenient(context))
                {
                    return refusal;
                }

                var reason = PlainWords.Of(refusal.ProblemDetails.Detail)!;
                await NotificationWriter.AddAsync(db, NotificationCatalog.Refused(user.Id, result.Outcome, reason), ct);
                return TypedResults.Ok(new Response(false, jobId, result.Status ?? JobStatus.Failed, reason));
        }
    }
}
