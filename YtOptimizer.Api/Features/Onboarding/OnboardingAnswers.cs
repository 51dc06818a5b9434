namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>What a user answers during the onboarding; null keeps what is stored. Names are those of the statement's parameters.</summary>
internal sealed record OnboardingAnswers(
    string? UserType = null,
    string[]? Categories = null,
    int? MonthlyVideos = null,
    string? ChannelName = null,
    int? Rating = null,
    string? Reference = null,
    string? Feedback = null,
    string? Preferences = null
);
