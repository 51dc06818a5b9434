using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>Leaves one step out. Skipping it again changes nothing.</summary>
internal static class SkipOnboardingStep
{
    [Refuses(400, "unknown_step")]
    public static async Task<Results<Ok<OnboardingProgress>, ProblemHttpResult>> Handle(
        string step,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    ) =>
        OnboardingProgress.Steps.Contains(step, StringComparer.Ordinal)
            ? TypedResults.Ok(await OnboardingProgress.SaveAsync(user, context, db, [step], new OnboardingAnswers(), ct))
            : Problems.BadRequest("unknown_step", $"The steps are {string.Join(", ", OnboardingProgress.Steps)}.");
}
