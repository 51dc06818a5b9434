namespace YtOptimizer.Core.Analysis;

/// <summary>A title that somebody (usually a language model) proposes.</summary>
public sealed record TitleCandidate(string Text, string? Reason = null, SuggestionSource Source = SuggestionSource.Llm);

/// <param name="Code">Stable snake_case code, e.g. <c>unsupported_word</c>.</param>
/// <param name="Detail">What was refused, in words for people.</param>
public sealed record GuardViolation(string Code, string Detail);

/// <summary>What is left of a proposal after the checks. <see cref="Value"/> never holds anything that was refused.</summary>
public sealed record GuardResult<T>(bool Accepted, T? Value, IReadOnlyList<GuardViolation> Violations);

/// <summary>
/// Checks suggestions against the input, whoever wrote them: content words, numbers, names and negations come from the source,
/// the language stays, YouTube's limits hold, links are the creator's own.
/// </summary>
public sealed class SuggestionGuard(Analyzer analyzer)
{
    private readonly Analyzer analyzer = analyzer;

    /// <summary>Keeps the valid candidates, best first, without near-duplicates.</summary>
    public IReadOnlyList<TitleSuggestion> RankTitles(VideoInput input, IEnumerable<TitleCandidate> candidates, AnalysisOptions? options = null)
    {
        _ = analyzer;
        return [];
    }

    /// <summary>Why a title is refused; empty when it is fit to show.</summary>
    public GuardResult<string> CheckTitle(VideoInput input, string title) => NotYet<string>();

    /// <summary>Checks a whole description. Sentences without support are removed, the creator's links, credits and disclosures are put back.</summary>
    public GuardResult<DescriptionSuggestion> CheckDescription(VideoInput input, string description, SuggestionSource source = SuggestionSource.Llm) => NotYet<DescriptionSuggestion>();

    /// <summary>Keeps tags that are supported by the source, within 500 by YouTube's rule.</summary>
    public GuardResult<TagSuggestion> CheckTags(VideoInput input, IEnumerable<string> tags, SuggestionSource source = SuggestionSource.Llm) => NotYet<TagSuggestion>();

    /// <summary>Chapters are accepted only at times that the timed transcript or the description holds.</summary>
    public GuardResult<ChapterSuggestion> CheckChapters(VideoInput input, IEnumerable<Chapter> chapters, SuggestionSource source = SuggestionSource.Llm) => NotYet<ChapterSuggestion>();

    /// <summary>Keeps short phrases (key points, overlay texts, keywords) whose words the source holds.</summary>
    public GuardResult<IReadOnlyList<string>> CheckPhrases(VideoInput input, IEnumerable<string> phrases, int maxGraphemes) => NotYet<IReadOnlyList<string>>();

    private GuardResult<T> NotYet<T>()
    {
        _ = analyzer;
        return new(false, default, []);
    }
}
