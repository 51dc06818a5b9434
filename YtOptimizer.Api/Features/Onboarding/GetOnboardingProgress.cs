using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>How far the caller is; 0 % before the start.</summary>
internal static class GetOnboardingProgress
{
    private const string Sql = "SELECT completed_steps FROM user_onboarding WHERE user_id = @userId";

    public static async Task<Ok<OnboardingProgress>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(OnboardingProgress.Of(await db.ScalarAsync<string[]>(Sql, new { userId = user.Id }, ct) ?? []));
}
