using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>Ends the onboarding: steps that are left count as skipped.</summary>
internal static class CompleteOnboarding
{
    public static async Task<Ok<OnboardingProgress>> Handle(CurrentUser user, HttpContext context, Db db, CancellationToken ct) =>
        TypedResults.Ok(await OnboardingProgress.SaveAsync(user, context, db, OnboardingProgress.Steps, new OnboardingAnswers(), ct));
}
