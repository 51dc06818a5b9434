using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Hosting;

/// <summary>Why a job is not queued, as a problem: for submissions, retries, restarts and re-drives.</summary>
internal static class EnqueueProblems
{
    public static ProblemHttpResult Of(EnqueueResult result) => Of(result.Outcome, result.Used, result.Allowed, result.ResetsAt);

    public static ProblemHttpResult Of(RestartResult result) => Of(result.Refusal, result.Used, result.Allowed, result.ResetsAt);

    private static ProblemHttpResult Of(EnqueueOutcome outcome, int used, int allowed, DateTime? resetsAt)
    {
        var problem = outcome switch
        {
            EnqueueOutcome.UserFull => Problems.TooMany(
                "too_many_active_jobs",
                $"You have {used} analyses waiting or running, the most allowed. Wait for one to finish or cancel one.",
                TimeSpan.FromSeconds(15)
            ),
            EnqueueOutcome.QuotaExceeded => Problems.Create(
                402,
                "quota_exceeded",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Your plan allows {allowed} analyses per period and they are used. The next period begins on {resetsAt:d MMMM yyyy}; "
                        + $"or change the plan."
                )
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
