using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>A model's description with what belongs to the whole: the chapters of the transcript and the hashtags, where it has none of its
/// own.</summary>
internal static class MergedText
{
    public static string Complete(string text, ChapterSuggestion chapters, IReadOnlyList<string> hashtags)
    {
        if (chapters is { Status: ChapterStatus.Derived, Chapters.Count: > 0 } && ChapterList.Parse(text).Count == 0)
        {
            var end = text.IndexOf("\n\n", StringComparison.Ordinal);
            var block = "\n\n" + ChapterList.FormatBlock(chapters.Chapters);
            text = Fitting(end < 0 ? text + block : text[..end] + block + text[end..], text);
        }

        return hashtags.Count > 0 && !HashtagWriter.Existing(text).Any() ? Fitting($"{text}\n\n{string.Join(' ', hashtags)}", text) : text;
    }

    private static string Fitting(string longer, string text) => DescriptionWriter.Fits(longer) ? longer : text;
}
