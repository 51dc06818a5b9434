namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What a model proposes, after local validation of its shape and before the guard has checked its content.</summary>
public sealed record SuggestionCandidates
{
    public IReadOnlyList<CandidateTitle> Titles { get; init; } = [];

    public string Description { get; init; } = "";

    public IReadOnlyList<string> KeyPoints { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Hashtags { get; init; } = [];

    public IReadOnlyList<CandidateChapter> Chapters { get; init; } = [];

    public IReadOnlyList<CandidateThumbnail> Thumbnails { get; init; } = [];

    /// <summary>The model saw text in the video data that tries to instruct it.</summary>
    public bool SuspiciousInstructions { get; init; }
}

/// <param name="Text">The title.</param>
/// <param name="Reason">Why it is better, in the model's words; the guard checks them like everything else before anybody reads
/// them.</param>
public sealed record CandidateTitle(string Text, string Reason);

public sealed record CandidateChapter(int StartSeconds, string Title);

public sealed record CandidateThumbnail(string OverlayText, IReadOnlyList<string> VisualElements);
