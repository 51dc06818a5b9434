namespace YtOptimizer.Analysis.Speech;

internal enum SpokenKind : byte
{
    Speech,
    Greeting,
    Sponsor,

    /// <summary>Asks for a like, a subscription, a comment.</summary>
    Request,
    SignOff,

    /// <summary>"[Music]" and the like.</summary>
    Sound,
}

/// <summary>A sentence or a few seconds of speech.</summary>
/// <param name="Start">Zero throughout when the times are not known.</param>
/// <param name="Pause">Seconds of silence before it.</param>
/// <param name="Opening">How plainly its first words begin a new part: 0 not at all, 1 "next point".</param>
/// <param name="Form">Its text as <see cref="DiscourseWords"/> compares it.</param>
internal sealed record SpokenUnit(TimeSpan Start, TimeSpan End, string Text, double Pause, double Opening, string Form)
{
    public SpokenKind Kind { get; init; }
}

/// <summary>A transcript as it is understood.</summary>
/// <param name="Body">What is said about the subject: without greeting, sponsor, requests, sign-off and sounds.</param>
internal sealed record SpokenText(IReadOnlyList<SpokenUnit> Units, string Body, bool IsTimed)
{
    public static readonly SpokenText None = new([], "", IsTimed: false);
}
