using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Why a job is not queued again, as a problem.</summary>
internal static class Refusal
{
    public static ProblemHttpResult Of(string outcome, int used, int allowed, DateTime? resetsAt)
    {
        var problem = outcome switch
        {
            "user_full" => Problems.TooMany(
                "too_many_active_jobs",
                $"You have {used} analyses waiting or running, the most allowed. Wait for one to finish or cancel one.",
                TimeSpan.FromSeconds(15)
            ),
            "quota_exceeded" => Problems.Create(
                402,
                "quota_exceeded",
                $"Your plan allows {allowed} analyses per period and they are used. Wait for the next period or change the plan."
            ),
            _ => Problems.Unavailable("queue_full", "Too many analyses are waiting. Try again in half a minute.", TimeSpan.FromSeconds(30)),
        };
        problem.ProblemDetails.Extensions["limit"] = allowed;
        problem.ProblemDetails.Extensions["used"] = used;
        if (resetsAt is { } resets)
        {
            problem.ProblemDetails.Extensions["resetsAt"] = resets;
        }

        return problem;
    }
}
