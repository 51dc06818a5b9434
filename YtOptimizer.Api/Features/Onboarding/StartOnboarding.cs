using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>Begins the onboarding, or changes the name of the channel.</summary>
internal static class StartOnboarding
{
    /// <param name="Name">The app sends it; the account has a name of its own, so it is not stored.</param>
    /// <param name="ChannelName">Of the user's channel.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request([property: PlainText(100)] string? Name = null, [property: PlainText(100)] string? ChannelName = null);

    public static async Task<Ok<OnboardingProgress>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await OnboardingProgress.SaveAsync(user, context, db, [], new OnboardingAnswers(ChannelName: request.ChannelName), ct)
        );
}
