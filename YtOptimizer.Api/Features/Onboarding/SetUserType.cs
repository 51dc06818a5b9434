using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>Who the user is and what the videos are about.</summary>
internal static class SetUserType
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AllowedValues(
            "creator",
            "marketer",
            "agency",
            "business",
            "other",
            ErrorMessage = "userType must be creator, marketer, agency, business or other."
        )]
            string UserType,
        [property: Subset("education", "entertainment", "gaming", "tech", "business", "lifestyle", "music", "sports", "other")]
            IReadOnlyList<string> ContentCategories,
        [property: Range(0, 100, ErrorMessage = "monthlyVideoCount must be 0 to 100.")] int MonthlyVideoCount
    );

    public static async Task<Ok<OnboardingProgress>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await OnboardingProgress.SaveAsync(
                user,
                context,
                db,
                ["user_type"],
                new OnboardingAnswers(request.UserType, [.. request.ContentCategories], request.MonthlyVideoCount),
                ct
            )
        );
}
