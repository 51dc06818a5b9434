namespace YtOptimizer.Analysis.Results;

/// <summary>The kind of a video as decided from its texts.</summary>
public sealed record KindInfo
{
    public required VideoKind Kind { get; init; }

    /// <summary>0–1, probability of <see cref="Kind"/> against all other kinds.</summary>
    public required double Confidence { get; init; }

    /// <summary>The kind of content: equals <see cref="Kind"/> except for Shorts.</summary>
    public required VideoKind About { get; init; }

    /// <summary>The next likely kind, null when nothing speaks for another one.</summary>
    public VideoKind? Second { get; init; }

    /// <summary>What was seen, strongest first, at most five ("title: official video").</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What viewers of this kind expect of title, description, tags and thumbnail; sentences for people.</summary>
    public IReadOnlyList<string> Conventions { get; init; } = [];
}
