using System.Globalization;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>An analysis in the form that clients of the direct endpoints know; the whole result stands beside it.</summary>
internal sealed record AnalysisView(
    AnalysisView.TitlePart TitleRewrite,
    AnalysisView.DescriptionPart DescriptionRewrite,
    AnalysisView.KeywordPart KeywordExtraction,
    AnalysisView.ChapterPart Chapters
)
{
    public sealed record TitlePart(IReadOnlyList<string> Titles, string? Reasoning);

    public sealed record DescriptionPart(string Description, IReadOnlyList<string> Hashtags, IReadOnlyList<string> KeyPoints);

    /// <summary>Trending and competitor keywords are never guessed: related ideas are co-occurring tags, the other list stays
    /// empty.</summary>
    public sealed record KeywordPart(
        IReadOnlyList<string> PrimaryKeywords,
        IReadOnlyList<string> LongTailKeywords,
        IReadOnlyList<string> TrendingKeywords,
        IReadOnlyList<string> CompetitorKeywords
    );

    public sealed record ChapterItem(string Timestamp, string Title, string Description);

    public sealed record ChapterPart(IReadOnlyList<ChapterItem> Chapters, string? TotalDuration);

    public static AnalysisView Of(AnalysisOutcome outcome)
    {
        var result = outcome.Result;
        var reasons = result.Titles.SelectMany(title => title.Reasons).Distinct(StringComparer.Ordinal).ToList();
        return new AnalysisView(
            new TitlePart(outcome.OfferedTitles, reasons.Count > 0 ? string.Join(' ', reasons) : null),
            new DescriptionPart(
                result.Description.Text,
                result.Description.Hashtags.Count > 0 ? result.Description.Hashtags : result.Hashtags,
                result.Description.KeyPoints
            ),
            new KeywordPart(
                [.. result.Keywords.Primary.Concat(result.Keywords.Secondary).Select(keyword => keyword.Phrase)],
                [.. result.Keywords.LongTail.Select(keyword => keyword.Phrase)],
                result.Keywords.RelatedIdeas,
                []
            ),
            new ChapterPart(
                [.. result.Chapters.Chapters.Select(chapter => new ChapterItem(Clock(chapter.Start), chapter.Title, ""))],
                outcome.Input.Duration is { } duration ? Clock(duration) : null
            )
        );
    }

    private static string Clock(TimeSpan time) =>
        time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}

/// <summary>How the answer came about: what was used, and whether something configured was missing.</summary>
internal sealed record AnalysisOrigin(
    string Suggestions,
    bool Degraded,
    string? DegradedReason,
    DateTimeOffset? SuggestionsCreatedAt,
    IReadOnlyDictionary<string, string> Provenance
)
{
    public static AnalysisOrigin Of(AnalysisOutcome outcome) =>
        new(outcome.SuggestionOrigin, outcome.Degraded, outcome.DegradedReason, outcome.SuggestionsCreatedAt, outcome.Provenance);
}
