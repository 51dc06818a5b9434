using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis;

/// <summary>A title that somebody (usually a language model) proposes.</summary>
/// <param name="Text">The title.</param>
/// <param name="Reason">Why it is better; shown as it stands, so a model's words must have passed the guard.</param>
/// <param name="Source">Who proposes it.</param>
/// <param name="LeastKept">0–1, share of the present title's subject that must be left in it; 0 for a model's proposals, whose meaning the
/// guard checks.</param>
public sealed record TitleCandidate(
    string Text,
    string? Reason = null,
    SuggestionSource Source = SuggestionSource.Llm,
    double LeastKept = 0
)
{
    /// <summary>How the analyzer made it; null for a model's.</summary>
    public string? Approach { get; init; }

    /// <summary>0–1, how good titles made this way are on the whole; null where only the checks tell.</summary>
    public double? Quality { get; init; }

    /// <summary>Template words in it, which the sources need not hold.</summary>
    public string Added { get; init; } = "";
}

/// <param name="Code">Stable snake_case code, e.g. <c>unsupported_word</c>.</param>
/// <param name="Detail">What was refused, in words for people.</param>
public sealed record GuardViolation(string Code, string Detail);

/// <summary>What is left of a proposal after the checks. <see cref="Value"/> never holds anything that was refused.</summary>
public sealed record GuardResult<T>(bool Accepted, T? Value, IReadOnlyList<GuardViolation> Violations);

/// <summary>
/// Checks suggestions against the input, whoever wrote them: content words, numbers, names and negations come from the source,
/// the language stays, YouTube's limits hold, links are the creator's own. Thread-safe.
/// </summary>
public sealed class SuggestionGuard(Analyzer analyzer)
{
    private const int MostHashtags = 5;

    /// <summary>Checks for one input; reuse it when several proposals concern the same video.</summary>
    public GuardSession For(VideoInput input) => new(analyzer.Read(input), analyzer.Detector);

    /// <summary>Keeps the valid candidates, best first, without near-duplicates.</summary>
    public IReadOnlyList<TitleSuggestion> RankTitles(
        VideoInput input,
        IEnumerable<TitleCandidate> candidates,
        AnalysisOptions? options = null
    ) => For(input).RankTitles(candidates, options);

    /// <summary>Why a title is refused; accepted when there is no reason.</summary>
    public GuardResult<string> CheckTitle(VideoInput input, string title) => For(input).CheckTitle(title);

    /// <summary>Checks a whole description. Sentences without support are removed, the creator's links, credits and disclosures are put
    /// back.</summary>
    public GuardResult<DescriptionSuggestion> CheckDescription(
        VideoInput input,
        string description,
        SuggestionSource source = SuggestionSource.Llm
    ) => For(input).CheckDescription(description, source);

    /// <summary>Keeps tags that are supported by the source, within 500 by YouTube's rule.</summary>
    public GuardResult<TagSuggestion> CheckTags(
        VideoInput input,
        IEnumerable<string> tags,
        SuggestionSource source = SuggestionSource.Llm
    ) => For(input).CheckTags(tags, source);

    /// <summary>Chapters are accepted only at times that the timed transcript or the description holds.</summary>
    public GuardResult<ChapterSuggestion> CheckChapters(
        VideoInput input,
        IEnumerable<Chapter> chapters,
        SuggestionSource source = SuggestionSource.Llm
    ) => For(input).CheckChapters(chapters, source);

    /// <summary>Keeps short phrases (key points, overlay texts, keywords) whose words the source holds.</summary>
    public GuardResult<IReadOnlyList<string>> CheckPhrases(VideoInput input, IEnumerable<string> phrases, int maxGraphemes) =>
        For(input).CheckPhrases(phrases, maxGraphemes);

    /// <summary>Keeps hashtags of one supported phrase each, at most five.</summary>
    public GuardResult<IReadOnlyList<string>> CheckHashtags(VideoInput input, IEnumerable<string> hashtags) =>
        For(input).CheckHashtags(hashtags, MostHashtags);
}
