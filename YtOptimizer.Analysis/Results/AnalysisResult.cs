using System.Text.Json.Serialization;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Results;

/// <summary>One analysis. Equal input, options and <see cref="AnalyzerVersion"/> give equal bytes through
/// <see cref="AnalysisJson"/>.</summary>
public sealed record AnalysisResult
{
    public required string AnalyzerVersion { get; init; }

    public required LanguageInfo Language { get; init; }

    /// <summary>0–100, how much of the applicable checks the text satisfies. Not a forecast of views.</summary>
    public required int Score { get; init; }

    /// <summary><see cref="Score"/> with two decimals, for comparing drafts.</summary>
    public double ExactScore { get; init; }

    /// <summary>0–1, weight of the applicable checks over the weight of all checks.</summary>
    public required double Confidence { get; init; }

    public required ContentType ContentType { get; init; }

    /// <summary>The kind with its confidence; finer than <see cref="ContentType"/>, which stays for older clients.</summary>
    public KindInfo? Kind { get; init; }

    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Broken hard limits of YouTube. Any of them caps the score at 40.</summary>
    public IReadOnlyList<LimitViolation> Violations { get; init; } = [];

    public IReadOnlyList<Fix> Fixes { get; init; } = [];

    public IReadOnlyList<TitleSuggestion> Titles { get; init; } = [];

    public required DescriptionSuggestion Description { get; init; }

    public required TagSuggestion Tags { get; init; }

    public IReadOnlyList<string> Hashtags { get; init; } = [];

    public required KeywordGroups Keywords { get; init; }

    public required ChapterSuggestion Chapters { get; init; }

    public IReadOnlyList<ThumbnailIdea> ThumbnailIdeas { get; init; } = [];

    /// <summary>For each part whether to keep the creator's own, and why.</summary>
    public IReadOnlyList<PartVerdict> Verdicts { get; init; } = [];

    public IReadOnlyList<AnalysisWarning> Warnings { get; init; } = [];
}

public enum ContentType
{
    General,
    HowTo,
    List,
    Versus,
    Review,
    News,
    Music,
    Vlog,
    Talk,
    Game,
}

/// <summary>How well a rule is supported.</summary>
public enum EvidenceLevel
{
    /// <summary>A Google or YouTube page says so.</summary>
    Official,

    /// <summary>Measured on real videos or in a published experiment.</summary>
    Measured,

    /// <summary>Custom of the field, without proof.</summary>
    Convention,
}

public enum SuggestionSource
{
    Deterministic,
    Llm,
}

/// <summary>One rule applied to the video.</summary>
public sealed record Check
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>0–1; meaningless when not applicable.</summary>
    public required double Score { get; init; }

    public required double Weight { get; init; }

    public required bool Applicable { get; init; }

    /// <summary>What was seen, quoted from the input where possible.</summary>
    public required string Evidence { get; init; }

    /// <summary>What to do, empty when nothing is to be done.</summary>
    public required string Fix { get; init; }

    public required EvidenceLevel EvidenceLevel { get; init; }

    public string? SourceUrl { get; init; }
}

public sealed record LimitViolation(string Code, string Message);

/// <summary>One edit, those that bring or can bring most first; scores follow from applying the edits in this order.</summary>
public sealed record Fix
{
    public required string CheckId { get; init; }

    /// <summary>title, description or tags.</summary>
    public required string Field { get; init; }

    public required string Action { get; init; }

    public required int ScoreBefore { get; init; }

    public required int ScoreAfter { get; init; }

    /// <summary>The score that can be reached by doing what is asked; null where the new text is given and
    /// <see cref="ScoreAfter"/> counts it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ScoreUpTo { get; init; }

    /// <summary>What the edit is expected to do: search, firstImpression, navigation, trust or delivery.</summary>
    public string ExpectedEffect { get; init; } = "";

    /// <summary>How sure that is: "stated" (YouTube says so; how much is not known), "measured" (seen in published experiments) or "custom"
    /// (of the field, unproven).</summary>
    public string Certainty { get; init; } = "";

    /// <summary>What the points stand for, for people.</summary>
    public string PointsMean { get; init; } = "";

    /// <summary>Characters changed.</summary>
    public required int EditCost { get; init; }

    public string? NewTitle { get; init; }

    public string? NewDescription { get; init; }

    public IReadOnlyList<string>? NewTags { get; init; }
}

public enum TitleStyle
{
    Searchable,
    Intriguing,
}

public sealed record TitleSuggestion
{
    public required string Text { get; init; }

    public required TitleStyle Style { get; init; }

    /// <summary>0–1, the ranker's value; only comparable within one list.</summary>
    public required double Rank { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How the analyzer made it: repaired, sentence, question, howTo, kindForm, search, contents or names; null for a
    /// model's.</summary>
    public string? Approach { get; init; }

    /// <summary>What the user's own channel says of it; absent for users who imported none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TitlePrediction? Channel { get; init; }

    /// <summary>Where each part of the title comes from.</summary>
    public IReadOnlyList<SourceSpan> SourceSpans { get; init; } = [];

    public required SuggestionSource Source { get; init; }
}

/// <param name="Field">title, description, tags, channel, transcript or template.</param>
/// <param name="Start">UTF-16 offset in the field, -1 for template words.</param>
/// <param name="Length">UTF-16 length.</param>
/// <param name="Text">The quoted text.</param>
public sealed record SourceSpan(string Field, int Start, int Length, string Text);

public sealed record DescriptionSuggestion
{
    public required string Text { get; init; }

    public IReadOnlyList<string> Hashtags { get; init; } = [];

    public IReadOnlyList<string> KeyPoints { get; init; } = [];

    public required SuggestionSource Source { get; init; }
}

/// <param name="Tags">Most useful first.</param>
/// <param name="TotalLength">Length by YouTube's rule: commas count, a tag with a space counts two more; at most 500.</param>
/// <param name="Source">Who proposed them.</param>
public sealed record TagSuggestion(IReadOnlyList<string> Tags, int TotalLength, SuggestionSource Source);

public sealed record KeywordGroups
{
    public IReadOnlyList<Keyword> Primary { get; init; } = [];

    public IReadOnlyList<Keyword> Secondary { get; init; } = [];

    public IReadOnlyList<Keyword> LongTail { get; init; } = [];

    /// <summary>Always empty; kept for clients that read it.</summary>
    public IReadOnlyList<string> RelatedIdeas { get; init; } = [];

    /// <summary>Always empty; kept for clients that read it.</summary>
    public IReadOnlyList<string> Misspellings { get; init; } = [];
}

/// <param name="Phrase">As written in the source.</param>
/// <param name="Relevance">0–1, probability that a creator would tag the video so.</param>
/// <param name="Field">Where it was found first: title, description, hashtag or channel.</param>
public sealed record Keyword(string Phrase, double Relevance, string Field);

public enum ChapterStatus
{
    /// <summary>No times are known, so no chapters are offered.</summary>
    NotAvailable,
    Valid,
    Repaired,
    Derived,
    NotApplicable,
}

public sealed record Chapter(TimeSpan Start, string Title);

public sealed record ChapterSuggestion
{
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    public required ChapterStatus Status { get; init; }

    /// <summary>True when a timed transcript (SRT, VTT) would allow chapters.</summary>
    public required bool NeedsTimedTranscript { get; init; }

    public IReadOnlyList<string> Problems { get; init; } = [];

    public SuggestionSource Source { get; init; } = SuggestionSource.Deterministic;
}

public sealed record ThumbnailIdea
{
    public required string Archetype { get; init; }

    /// <summary>At most four words of the source; empty where the picture speaks alone.</summary>
    public required string OverlayText { get; init; }

    public required string Concept { get; init; }

    public IReadOnlyList<string> VisualElements { get; init; } = [];

    public required string ColorScheme { get; init; }

    public required string Composition { get; init; }

    /// <summary>Prompt for an image generator; asks for no text in the picture.</summary>
    public required string ImagePrompt { get; init; }

    public SuggestionSource Source { get; init; } = SuggestionSource.Deterministic;
}

public sealed record AnalysisWarning(string Code, string Message);

public static class WarningCodes
{
    public const string SuspiciousInstructions = "suspicious_instructions";
    public const string HiddenCharacters = "hidden_characters";
    public const string TooFewTitles = "too_few_titles";
    public const string TooLittleText = "too_little_text";
    public const string LanguageUndetermined = "language_undetermined";
    public const string OutputLanguageNotAvailable = "output_language_not_available";
    public const string DescriptionOverLimit = "description_over_limit";
    public const string InputTruncated = "input_truncated";
    public const string AiLimitReached = "ai_limit_reached";
}
