using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>What the user thinks of the first analysis.</summary>
internal static class RateFirstAnalysis
{
    /// <param name="VideoReference">Address or id of the video, or of its analysis.</param>
    /// <param name="AnalysisRating">1 (useless) to 5 (great).</param>
    /// <param name="Feedback">In the user's words.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainText(500, Shortest = 1)] string VideoReference,
        [property: Range(1, 5, ErrorMessage = "analysisRating must be 1 to 5.")] int AnalysisRating,
        [property: PlainText(1000)] string? Feedback = null
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
                ["first_analysis"],
                new OnboardingAnswers(Rating: request.AnalysisRating, Reference: request.VideoReference, Feedback: request.Feedback),
                ct
            )
        );
}
