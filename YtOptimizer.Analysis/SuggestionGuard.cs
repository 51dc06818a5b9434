using YtOptimizer.Analysis.Guard;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis;

/// <summary>
/// Checks suggestions against the input, whoever wrote them: content words, numbers, names and negations come from the source,
/// the language stays, YouTube's limits hold, links are the creator's own. Thread-safe.
/// </summary>
public sealed class SuggestionGuard(Analyzer analyzer)
{
    private const int MostHashtags = 5;

    /// <summary>Checks for one input; reuse it when several proposals concern the same video.</summary>
    public GroundingSession For(VideoInput input) => new(analyzer.Read(input), analyzer.Detector);

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
