namespace YtOptimizer.Analysis.Input;

/// <summary>What is known about one video. Absent means unknown, never zero. All text is data from strangers.</summary>
public sealed record VideoInput
{
    public required string Title { get; init; }

    /// <summary>The creator gave no title: <see cref="Title"/> was made of the speech, and is itself a suggestion.</summary>
    public bool HasWorkingTitle { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? ChannelTitle { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>When it was published; its year may stand in titles and tags.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>BCP 47 tag the creator declared (audio language first, else text language).</summary>
    public string? DeclaredLanguage { get; init; }

    public Transcript? Transcript { get; init; }

    /// <summary>YouTube category id ("10" is music).</summary>
    public string? CategoryId { get; init; }

    public ThumbnailFacts? Thumbnail { get; init; }

    /// <summary>Text the creator wants on the thumbnail, if any.</summary>
    public string? ThumbnailOverlay { get; init; }

    public bool? IsLive { get; init; }

    public bool? IsShort { get; init; }

    public bool? MadeForKids { get; init; }

    public bool? HasCaptions { get; init; }

    /// <summary>Other titles of the same channel, for the near-duplicate check.</summary>
    public IReadOnlyList<string> OtherTitles { get; init; } = [];

    /// <summary>Other descriptions of the same channel: lines they share are boilerplate.</summary>
    public IReadOnlyList<string> OtherDescriptions { get; init; } = [];
}

/// <summary>Spoken text. <see cref="Segments"/> is empty when the times are not known.</summary>
public sealed record Transcript
{
    public string Text { get; init; } = "";

    public IReadOnlyList<TranscriptSegment> Segments { get; init; } = [];

    public bool IsTimed => Segments.Count > 0;

    /// <summary>Blocks of a WebVTT file that were meant as cues but have no readable times, which the format leaves out.</summary>
    public int UnreadableCues { get; init; }

    public static Transcript FromText(string text) => new() { Text = text };

    public static Transcript FromSegments(IReadOnlyList<TranscriptSegment> segments) =>
        new() { Segments = segments, Text = string.Join(' ', segments.Select(segment => segment.Text)) };
}

public sealed record TranscriptSegment(TimeSpan Start, TimeSpan End, string Text);

/// <summary>Measured facts of the current thumbnail. Ratios are 0–1, contrast is the WCAG ratio 1–21.</summary>
public sealed record ThumbnailFacts
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    public double? TextContrast { get; init; }

    /// <summary>Share of the edge energy left at 120 px width.</summary>
    public double? SmallSizeLegibility { get; init; }

    /// <summary>Dominant colours as #rrggbb, most frequent first.</summary>
    public IReadOnlyList<string> Palette { get; init; } = [];
}
