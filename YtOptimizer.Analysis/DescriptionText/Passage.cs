namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>What a passage of a description or a spoken sentence is for. All but the first three are not about the video.</summary>
internal enum PassageKind : byte
{
    Prose,

    /// <summary>A time stamp with its label.</summary>
    Chapter,

    /// <summary>People on screen: names, but no sentence about the video.</summary>
    Cast,
    Hashtags,
    Link,
    Contact,
    Credit,

    /// <summary>The text of a song: words sung, not said about it.</summary>
    Lyrics,
    Sponsor,
    Discount,
    OtherVideo,
    Social,
    CallToAction,
    Boilerplate,
}

/// <param name="Start">UTF-16 offset in the text.</param>
/// <param name="Length">UTF-16 length.</param>
/// <param name="Kind">What it is for.</param>
internal readonly record struct Passage(int Start, int Length, PassageKind Kind)
{
    public int End => Start + Length;

    /// <summary>Whether what it says is about this video.</summary>
    public bool IsAboutVideo => Kind is PassageKind.Prose or PassageKind.Chapter;

    /// <summary>Whether its names and phrases may stand for the video: also those of people on screen and hashtags.</summary>
    public bool MayName => Kind <= PassageKind.Hashtags;
}
