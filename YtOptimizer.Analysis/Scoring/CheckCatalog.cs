using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis.Scoring;

/// <param name="Weight">Share in the score, before checks that do not apply are left out.</param>
internal sealed record CheckDefinition(string Id, string Title, double Weight, EvidenceLevel Level, string? SourceUrl);

/// <summary>The checks, their weights and what supports them.</summary>
internal static class CheckCatalog
{
    private const string TitleHelp = "https://support.google.com/youtube/answer/12340300";
    private const string DescriptionHelp = "https://support.google.com/youtube/answer/12948449";
    private const string ChapterHelp = "https://support.google.com/youtube/answer/9884579";
    private const string TagHelp = "https://support.google.com/youtube/answer/146402";
    private const string HashtagHelp = "https://support.google.com/youtube/answer/6390658";
    private const string ThumbnailHelp = "https://support.google.com/youtube/answer/72431";
    private const string SpamHelp = "https://support.google.com/youtube/answer/2801973";
    private const string PlainWords = "https://doi.org/10.1126/sciadv.adn2555";

    public static readonly CheckDefinition TitleLength = new("T1", "Title length", 4, EvidenceLevel.Convention, TitleHelp);
    public static readonly CheckDefinition TitleKeyphrase = new(
        "T2",
        "Main phrase early in the title",
        8,
        EvidenceLevel.Official,
        TitleHelp
    );
    public static readonly CheckDefinition TitleSpecific = new("T3", "Specific title", 6, EvidenceLevel.Convention, TitleHelp);
    public static readonly CheckDefinition TitleReadable = new("T4", "Readable title", 5, EvidenceLevel.Measured, PlainWords);
    public static readonly CheckDefinition TitleCalm = new("T5", "Calm title", 4, EvidenceLevel.Official, TitleHelp);
    public static readonly CheckDefinition TitlePromise = new("T6", "Title keeps its promise", 8, EvidenceLevel.Official, SpamHelp);
    public static readonly CheckDefinition DescriptionOpening = new(
        "D1",
        "Description opens with substance",
        8,
        EvidenceLevel.Official,
        DescriptionHelp
    );
    public static readonly CheckDefinition DescriptionSubstance = new(
        "D2",
        "Description has substance",
        6,
        EvidenceLevel.Measured,
        DescriptionHelp
    );
    public static readonly CheckDefinition DescriptionStructure = new(
        "D3",
        "Description is structured",
        4,
        EvidenceLevel.Convention,
        DescriptionHelp
    );
    public static readonly CheckDefinition DescriptionUnique = new(
        "D4",
        "Description is not boilerplate",
        4,
        EvidenceLevel.Official,
        DescriptionHelp
    );
    public static readonly CheckDefinition SameLanguage = new("D5", "One language", 3, EvidenceLevel.Official, DescriptionHelp);
    public static readonly CheckDefinition Chapters = new("C", "Chapters", 9, EvidenceLevel.Official, ChapterHelp);
    public static readonly CheckDefinition Tags = new("G", "Tags", 3, EvidenceLevel.Official, TagHelp);
    public static readonly CheckDefinition Hashtags = new("H", "Hashtags", 2, EvidenceLevel.Official, HashtagHelp);
    public static readonly CheckDefinition Thumbnail = new("X", "Thumbnail", 10, EvidenceLevel.Official, ThumbnailHelp);
    public static readonly CheckDefinition Metadata = new("M", "Settings", 6, EvidenceLevel.Convention, null);
    public static readonly CheckDefinition Links = new("L", "Links", 3, EvidenceLevel.Convention, DescriptionHelp);
    public static readonly CheckDefinition NotDuplicate = new("N", "Unlike your other titles", 2, EvidenceLevel.Convention, SpamHelp);

    /// <summary>What an improvement of a check is expected to do.</summary>
    public static string EffectOf(string id) =>
        id switch
        {
            "T2" or "G" or "H" or "D2" => "search",
            "T1" or "T3" or "T4" or "T5" or "D1" or "X" => "firstImpression",
            "C" or "D3" or "L" => "navigation",
            "T6" or "D4" or "D5" or "N" => "trust",
            _ => "delivery",
        };

    /// <summary>The checks that are met once a creator does what is asked for one of them: sentences about the video mend all that miss
    /// some.</summary>
    public static IReadOnlyList<string> FulfilledWith(string id) => id is "D1" or "D2" or "T6" ? Sentences : [id];

    private static readonly string[] Sentences = ["D1", "D2", "D4", "T6"];

    /// <summary>What the points of a fix stand for; none of them is a forecast of views.</summary>
    public static string Meaning(EvidenceLevel level) =>
        level switch
        {
            EvidenceLevel.Official =>
                "YouTube asks for it; how much it changes is not published. Points show the weight of the rule, not views.",
            EvidenceLevel.Measured =>
                "Published experiments or our own measurements show a small effect. Points show the weight of the rule, not views.",
            _ => "A custom of the field without proof. Points show the weight of the rule, not views.",
        };

    public static readonly IReadOnlyList<CheckDefinition> All =
    [
        TitleLength,
        TitleKeyphrase,
        TitleSpecific,
        TitleReadable,
        TitleCalm,
        TitlePromise,
        DescriptionOpening,
        DescriptionSubstance,
        DescriptionStructure,
        DescriptionUnique,
        SameLanguage,
        Chapters,
        Tags,
        Hashtags,
        Thumbnail,
        Metadata,
        Links,
        NotDuplicate,
    ];
}
