using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis.Input;

/// <summary>How suggestions are shaped. Limits only ever lower the number of suggestions, never force one.</summary>
public sealed record AnalysisOptions
{
    public static readonly AnalysisOptions Default = new();

    /// <summary>ISO 639-1 code, or null to follow the video. The deterministic analyzer does not translate: when this differs
    /// from the video's language it keeps the video's and warns <see cref="WarningCodes.OutputLanguageNotAvailable"/>.</summary>
    public string? OutputLanguage { get; init; }

    public string? Tone { get; init; }

    public string? ThumbnailStyle { get; init; }

    public string? ImageStyle { get; init; }

    public int MaxTitles { get; init; } = 7;

    public int MaxTags { get; init; } = 15;

    public int MaxHashtags { get; init; } = 3;

    public int MaxKeyPoints { get; init; } = 5;

    public int MaxThumbnailIdeas { get; init; } = 3;

    public int MaxFixes { get; init; } = 8;
}
