using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// Lets a model's candidates compete with the deterministic ones under the same guard and ranker, section by section. A section
/// whose candidates all fail keeps the deterministic answer; nothing a model wrote is shown unchecked.
/// </summary>
public sealed class SuggestionMerger(SuggestionGuard guard, Analyzer analyzer)
{
    private const int OverlayGraphemes = 40;
    private const int KeyPointGraphemes = 200;
    private const int FewestTags = 3;

    public AnalysisResult Merge(VideoInput input, AnalysisResult own, SuggestionCandidates candidates, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        if (TranslatedSuggestions.Applies(own, options.OutputLanguage))
        {
            return new TranslatedSuggestions(analyzer.Read(input), analyzer.Detector, options.OutputLanguage!).Merge(own, candidates);
        }

        var session = guard.For(input);
        return own with
        {
            Titles = Titles(session, own, candidates, options),
            Description = Description(session, own, candidates),
            Tags = Tags(session, own, candidates),
            Chapters = Chapters(session, own, candidates),
            ThumbnailIdeas = Thumbnails(session, own, candidates),
            Warnings = candidates.SuspiciousInstructions && own.Warnings.All(warning => warning.Code != WarningCodes.SuspiciousInstructions)
                ? [.. own.Warnings, Quarantine.Warning]
                : own.Warnings,
        };
    }

    private static IReadOnlyList<TitleSuggestion> Titles(GuardSession guard, AnalysisResult own, SuggestionCandidates candidates, AnalysisOptions options)
    {
        var proposed = candidates.Titles.Select(title => new TitleCandidate(title.Text, SuggestionPrompt.Reasons.GetValueOrDefault(title.Reason)))
            .Concat(own.Titles.Select(title => new TitleCandidate(title.Text, title.Reasons.Count > 0 ? title.Reasons[0] : null, SuggestionSource.Deterministic)));
        var ranked = guard.RankTitles(proposed, options);
        if (!ranked.Any(title => title.Source == SuggestionSource.Llm))
        {
            return own.Titles;
        }

        // What the analyzer wrote keeps its own proof.
        var known = own.Titles.ToDictionary(title => title.Text, StringComparer.Ordinal);
        return [.. ranked.Select(title => title.Source == SuggestionSource.Deterministic && known.TryGetValue(title.Text, out var original) ? original with { Rank = title.Rank } : title)];
    }

    private static DescriptionSuggestion Description(GuardSession guard, AnalysisResult own, SuggestionCandidates candidates)
    {
        if (candidates.Description.Length == 0 || guard.CheckDescription(candidates.Description) is not { Accepted: true, Value: { } description })
        {
            return own.Description;
        }

        var points = guard.CheckPhrases(candidates.KeyPoints, KeyPointGraphemes).Value ?? [];
        return description with
        {
            KeyPoints = points.Count > 0 ? points : own.Description.KeyPoints,
            Hashtags = description.Hashtags.Count > 0 ? description.Hashtags : own.Description.Hashtags,
            Source = SuggestionSource.Llm,
        };
    }

    private static TagSuggestion Tags(GuardSession guard, AnalysisResult own, SuggestionCandidates candidates) =>
        candidates.Tags.Count > 0 && guard.CheckTags(candidates.Tags) is { Accepted: true, Value: { } tags } && tags.Tags.Count >= Math.Min(FewestTags, own.Tags.Tags.Count)
            ? tags with { Source = SuggestionSource.Llm }
            : own.Tags;

    private static ChapterSuggestion Chapters(GuardSession guard, AnalysisResult own, SuggestionCandidates candidates)
    {
        // Without times in the data there is nothing that a chapter could rest on.
        if (own.Chapters.Status is ChapterStatus.NotAvailable or ChapterStatus.NotApplicable || candidates.Chapters.Count == 0)
        {
            return own.Chapters;
        }

        var proposed = candidates.Chapters.Select(chapter => new Chapter(TimeSpan.FromSeconds(chapter.StartSeconds), chapter.Title));
        return guard.CheckChapters(proposed) is { Accepted: true, Value: { Chapters.Count: > 0 } chapters } ? chapters with { Source = SuggestionSource.Llm } : own.Chapters;
    }

    /// <summary>The model contributes overlay words and things to show; layout, colours and the image prompt stay ours.</summary>
    private static List<ThumbnailIdea> Thumbnails(GuardSession guard, AnalysisResult own, SuggestionCandidates candidates)
    {
        var ideas = new List<ThumbnailIdea>();
        for (var i = 0; i < own.ThumbnailIdeas.Count; i++)
        {
            var idea = own.ThumbnailIdeas[i];
            var proposal = i < candidates.Thumbnails.Count ? candidates.Thumbnails[i] : null;
            var overlay = proposal is null ? null : guard.CheckPhrases([proposal.OverlayText], OverlayGraphemes) is { Accepted: true, Value: [{ Length: > 0 } text] } ? text : null;
            if (overlay is null || overlay.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 4)
            {
                ideas.Add(idea);
                continue;
            }

            var elements = guard.CheckPhrases(proposal!.VisualElements, OverlayGraphemes).Value ?? [];
            ideas.Add(idea with { OverlayText = overlay, VisualElements = elements.Count > 0 ? elements : idea.VisualElements, Source = SuggestionSource.Llm });
        }

        return ideas;
    }
}
