using System.Globalization;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Guard;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// Lets a model's candidates compete with the deterministic ones under the same guard and one ranker. A section whose candidates all fail
/// keeps the deterministic answer; nothing a model wrote is shown unchecked. Fixes and their points follow from what is shown.
/// </summary>
public sealed class SuggestionMerger(SuggestionGuard guard, Analyzer analyzer)
{
    private const int OverlayGraphemes = 40;
    private const int OverlayWords = 4;
    private const int KeyPointGraphemes = 200;
    private const int ReasonGraphemes = 200;
    private const int FewestTags = 3;
    private const int EnoughTitles = 5;
    private const int MostHashtags = 3;

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
        var titles = Titles(session, own, candidates, options);
        var chapters = Chapters(session, own, candidates);
        var hashtags = Hashtags(session, own, candidates);
        var merged = own with
        {
            Titles = titles,
            Description = Description(session, own, candidates, chapters, hashtags),
            Tags = Tags(session, own, candidates, options),
            Hashtags = hashtags,
            Chapters = chapters,
            ThumbnailIdeas = Thumbnails(input, session, own, candidates, titles),
            Warnings = Warnings(own, candidates, titles.Count),
        };
        return merged with { Fixes = analyzer.FixesOf(input, own, merged, options), Verdicts = analyzer.VerdictsOf(input, merged) };
    }

    private static List<AnalysisWarning> Warnings(AnalysisResult own, SuggestionCandidates candidates, int titles)
    {
        var warnings = own
            .Warnings.Where(warning => warning.Code != WarningCodes.TooFewTitles || titles < EnoughTitles)
            .Select(warning => warning.Code == WarningCodes.TooFewTitles ? Counted(warning, titles) : warning)
            .ToList();
        if (candidates.SuspiciousInstructions && warnings.TrueForAll(warning => warning.Code != WarningCodes.SuspiciousInstructions))
        {
            warnings.Add(PromptInjectionFilter.Warning);
        }

        return warnings;
    }

    // "1 of 5 titles: …" with the number that is shown.
    private static AnalysisWarning Counted(AnalysisWarning warning, int titles) =>
        warning.Message.IndexOf(' ', StringComparison.Ordinal) is var at and > 0
            ? warning with
            {
                Message = string.Create(CultureInfo.InvariantCulture, $"{titles}{warning.Message[at..]}"),
            }
            : warning;

    private static IReadOnlyList<TitleSuggestion> Titles(
        GroundingSession guard,
        AnalysisResult own,
        SuggestionCandidates candidates,
        AnalysisOptions options
    )
    {
        var proposed = candidates
            .Titles.Select(title => new TitleCandidate(title.Text, Reason(guard, title.Reason)))
            .Concat(
                own.Titles.Select(title => new TitleCandidate(
                    title.Text,
                    title.Reasons.Count > 0 ? title.Reasons[0] : null,
                    SuggestionSource.Deterministic
                ))
            );
        var ranked = guard.RankTitles(proposed, options);
        if (!ranked.Any(title => title.Source == SuggestionSource.Llm))
        {
            return own.Titles;
        }

        // What the analyzer wrote keeps its own proof.
        var known = own.Titles.ToDictionary(title => title.Text, StringComparer.Ordinal);
        return
        [
            .. ranked.Select(title =>
                title.Source == SuggestionSource.Deterministic && known.TryGetValue(title.Text, out var original)
                    ? original with
                    {
                        Rank = title.Rank,
                    }
                    : title
            ),
        ];
    }

    // A reason is read by the creator: it passes the same rules as what is published.
    private static string? Reason(GroundingSession guard, string reason) =>
        reason.Length > 0 && guard.CheckPhrases([reason], ReasonGraphemes) is { Accepted: true, Value: [{ } text] } ? text : null;

    private static DescriptionSuggestion Description(
        GroundingSession guard,
        AnalysisResult own,
        SuggestionCandidates candidates,
        ChapterSuggestion chapters,
        IReadOnlyList<string> hashtags
    )
    {
        if (
            candidates.Description.Length == 0
            || guard.CheckDescription(candidates.Description) is not { Accepted: true, Value: { } description }
        )
        {
            return WithHashtags(own, hashtags);
        }

        var points = guard.CheckPhrases(candidates.KeyPoints, KeyPointGraphemes).Value ?? [];
        var text = MergedText.Complete(description.Text, chapters, hashtags);
        return description with
        {
            Text = text,
            KeyPoints = points.Count > 0 ? points : own.Description.KeyPoints,
            Hashtags = description.Hashtags.Count > 0 ? description.Hashtags : hashtags,
            Source = SuggestionSource.Llm,
        };
    }

    // Our description ends with the hashtags that are shown, whoever proposed them.
    private static DescriptionSuggestion WithHashtags(AnalysisResult own, IReadOnlyList<string> hashtags)
    {
        var ours = string.Join(' ', own.Hashtags);
        return ours.Length == 0 || !own.Description.Text.EndsWith(ours, StringComparison.Ordinal)
            ? own.Description
            : own.Description with
            {
                Text = own.Description.Text[..^ours.Length] + string.Join(' ', hashtags),
                Hashtags = hashtags,
            };
    }

    /// <summary>The model's tags first, then the analyzer's own that they lack, as far as the limit of 500 reaches.</summary>
    private static TagSuggestion Tags(
        GroundingSession guard,
        AnalysisResult own,
        SuggestionCandidates candidates,
        AnalysisOptions options
    ) =>
        candidates.Tags.Count > 0
        && guard.CheckTags(candidates.Tags) is { Accepted: true, Value: { } tags }
        && tags.Tags.Count >= Math.Min(FewestTags, own.Tags.Tags.Count)
            ? GroundingSession.MergeTags(tags.Tags, own.Tags.Tags, Math.Max(options.MaxTags, own.Tags.Tags.Count)) with
            {
                Source = SuggestionSource.Llm,
            }
            : own.Tags;

    private static IReadOnlyList<string> Hashtags(GroundingSession guard, AnalysisResult own, SuggestionCandidates candidates) =>
        candidates.Hashtags.Count > 0
        && guard.CheckHashtags(candidates.Hashtags, MostHashtags) is { Accepted: true, Value: { Count: > 0 } kept }
            ? kept
            : own.Hashtags;

    private static ChapterSuggestion Chapters(GroundingSession guard, AnalysisResult own, SuggestionCandidates candidates)
    {
        // Without times in the data there is nothing that a chapter could rest on.
        if (own.Chapters.Status is ChapterStatus.NotAvailable or ChapterStatus.NotApplicable || candidates.Chapters.Count == 0)
        {
            return own.Chapters;
        }

        var proposed = candidates.Chapters.Select(chapter => new Chapter(TimeSpan.FromSeconds(chapter.StartSeconds), chapter.Title));
        return guard.CheckChapters(proposed) is { Accepted: true, Value: { Chapters.Count: > 0 } chapters }
            ? chapters with
            {
                Source = SuggestionSource.Llm,
            }
            : own.Chapters;
    }

    /// <summary>The model contributes overlay words and things to show; layout, colours and the image prompt stay ours.</summary>
    private IReadOnlyList<ThumbnailIdea> Thumbnails(
        VideoInput input,
        GroundingSession guard,
        AnalysisResult own,
        SuggestionCandidates candidates,
        IReadOnlyList<TitleSuggestion> titles
    )
    {
        var shown = titles.Count > 0 ? titles[0].Text : input.Title;
        var accepted = candidates
            .Thumbnails.Select(proposal => (Words: Overlay(guard, proposal.OverlayText, shown), proposal.VisualElements))
            .Where(proposal => proposal.Words is not null)
            .Select(proposal =>
                (Words: proposal.Words!, Elements: guard.CheckPhrases(proposal.VisualElements, OverlayGraphemes).Value ?? [])
            )
            .DistinctBy(proposal => proposal.Words, StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (accepted.Count == 0)
        {
            return own.ThumbnailIdeas;
        }

        var thing = accepted
            .Select(proposal => proposal.Elements.Count > 0 ? proposal.Elements[0] : null)
            .FirstOrDefault(one => one is not null);
        var drawn = analyzer.ThumbnailsOf(input, [.. accepted.Select(proposal => proposal.Words)], thing);
        var ideas = drawn
            .Select(
                (idea, i) =>
                    idea with
                    {
                        VisualElements = accepted[i].Elements.Count > 0 ? accepted[i].Elements : idea.VisualElements,
                        Source = SuggestionSource.Llm,
                    }
            )
            .ToList();
        // Ours fill what is left, unless the title above them says the same now.
        ideas.AddRange(
            own.ThumbnailIdeas.Where(idea =>
                !guard.Repeats(idea.OverlayText, shown) && ideas.TrueForAll(other => !guard.Repeats(idea.OverlayText, other.OverlayText))
            )
        );
        return [.. ideas.Take(Math.Max(own.ThumbnailIdeas.Count, drawn.Count))];
    }

    private static string? Overlay(GroundingSession guard, string words, string title) =>
        !guard.Repeats(words, title)
        && guard.CheckOverlay(words).Value is { Length: > 0 and <= OverlayGraphemes } text
        && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= OverlayWords
            ? text
            : null;
}
