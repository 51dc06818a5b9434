namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>A phrase of the text that may be a keyphrase, with all that was counted about it.</summary>
internal sealed class Candidate
{
    public required string Key { get; init; }

    /// <summary>As written at the best place (title before description).</summary>
    public required string Surface { get; set; }

    public required string[] Words { get; init; }

    public CandidateMarks Marks { get; set; }

    public int TitleCount { get; set; }

    public int DescriptionCount { get; set; }

    public int HashtagCount { get; set; }

    /// <summary>Token index of the first occurrence in the field, -1 when there is none.</summary>
    public int FirstInTitle { get; set; } = -1;

    public int FirstInDescription { get; set; } = -1;

    /// <summary>UTF-16 offset of the first occurrence, in the title if there, else in the description.</summary>
    public int Offset { get; set; } = -1;

    public int Length { get; set; }

    public int Capitalized { get; set; }

    public int AllCaps { get; set; }

    public int WholeChunk { get; set; }

    public int AfterColon { get; set; }

    public int BeforeLink { get; set; }

    public int Quoted { get; set; }

    public int Bracketed { get; set; }

    public int Stops { get; set; }

    /// <summary>Occurrences in passages that are not about the video: links, credits, sponsors, calls to action.</summary>
    public int Masked { get; set; }

    /// <summary>Whether the phrase stands only in such passages.</summary>
    public bool IsMasked => Masked >= Total;

    public int Total => TitleCount + DescriptionCount;

    /// <summary>Occurrences as part of the longer candidate that holds it most often.</summary>
    public int LongestHost { get; set; }

    public bool Has(CandidateMarks mark) => (Marks & mark) != 0;
}

[Flags]
internal enum CandidateMarks : ushort
{
    None = 0,
    Bridged = 1,
    TitleSegment = 2,
    WholeTitle = 4,
    CrossesBreak = 8,
    EdgeStop = 16,
    Stripped = 32,
    InsideRun = 64,
    Digits = 128,
    Unspaced = 256,
    Latin = 512,
    InLead = 1024,
    FirstSegment = 2048,
    LastSegment = 4096,
    Unglued = 8192,
    SplitHashtag = 16384,
}
