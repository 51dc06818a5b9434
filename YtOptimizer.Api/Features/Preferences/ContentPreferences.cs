namespace YtOptimizer.Api.Features.Preferences;

/// <summary>How a creator wants suggestions to be.</summary>
internal sealed record ContentPreferences(
    Guid Id,
    Guid UserId,
    string? Tone,
    string? ThumbnailStyle,
    string? ImageStyle,
    string? Language,
    string? CustomInstructions,
    bool IsCompleted,
    DateTime CreatedAt,
    DateTime UpdatedAt
);
