using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>Tone, audience and how the user wants to hear of things: the last step of the ordinary way.</summary>
internal static class SetOnboardingPreferences
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AllowedValues(
            "casual",
            "professional",
            "creative",
            "data-driven",
            ErrorMessage = "preferredTone must be casual, professional, creative or data-driven."
        )]
            string PreferredTone,
        [property: AllowedValues(
            "children",
            "teens",
            "young-adults",
            "adults",
            "seniors",
            "all",
            ErrorMessage = "targetAudience must be children, teens, young-adults, adults, seniors or all."
        )]
            string TargetAudience,
        bool EmailNotifications,
        bool BrowserNotifications
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
                ["preferences"],
                new OnboardingAnswers(Preferences: JsonSerializer.Serialize(request, SnakeCase)),
                ct
            )
        );
}
