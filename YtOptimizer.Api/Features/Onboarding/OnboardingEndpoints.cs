using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>The first steps of a new user, in any order.</summary>
internal static class OnboardingEndpoints
{
    public static IEndpointRouteBuilder MapOnboarding(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/onboarding").WithTags("Onboarding").RequireAuthorization(Policies.User);
        group.MapGet("/progress", GetOnboardingProgress.Handle).WithName("GetOnboardingProgress").WithSummary("How far you are.");
        group
            .MapPost("/start", StartOnboarding.Handle)
            .WithName("StartOnboarding")
            .WithSummary("Begin, or change the name of your channel.")
            .ProducesProblem(400);
        group
            .MapPut("/user-type", SetUserType.Handle)
            .WithName("SetUserType")
            .WithSummary("Say who you are and what your videos are about.")
            .ProducesProblem(400);
        group
            .MapPut("/first-analysis", RateFirstAnalysis.Handle)
            .WithName("RateFirstAnalysis")
            .WithSummary("Rate your first analysis.")
            .ProducesProblem(400);
        group
            .MapPut("/preferences", SetOnboardingPreferences.Handle)
            .WithName("SetOnboardingPreferences")
            .WithSummary("Say what tone and audience you want, and how you want to hear of things.")
            .ProducesProblem(400);
        group
            .MapPut("/skip/{step}", SkipOnboardingStep.Handle)
            .WithName("SkipOnboardingStep")
            .WithSummary("Skip a step: welcome, user_type, first_analysis, features_tour or preferences.")
            .ProducesProblem(400);
        group
            .MapPut("/complete", CompleteOnboarding.Handle)
            .WithName("CompleteOnboarding")
            .WithSummary("End the onboarding; what is left is skipped.");
        return routes;
    }
}
