using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Gives a dead letter up: it stays failed and goes with the finished jobs.</summary>
internal static class DiscardJob
{
    public sealed record Response(Guid JobId, string Message);

    [Refuses(404, "dead_letter_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid jobId,
        CurrentUser admin,
        HttpContext context,
        DeadLetters letters,
        CancellationToken ct
    )
    {
        var actor = new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId);
        return await letters.DiscardAsync(
            jobId,
            scope =>
                AuditTrail.AppendAsync(
                    scope,
                    actor,
                    "discard_job",
                    "job",
                    jobId.ToString(),
                    context.Origin(),
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["dead"] = true },
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["dead"] = false }
                ),
            ct
        )
            ? TypedResults.Ok(new Response(jobId, "The dead letter is given up."))
            : Problems.NotFound("dead_letter_not_found", "No dead letter has this id. See GET /api/v1/admin/jobs/dead.");
    }
}
