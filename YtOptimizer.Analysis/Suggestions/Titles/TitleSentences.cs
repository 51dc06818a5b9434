using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Whether a sentence can stand without what is around it.</summary>
internal static class TitleSentences
{
    /// <summary>Whether the first word refers to something said before, speaks to the viewer, or is wrong tomorrow.</summary>
    public static bool Leans(string sentence)
    {
        var folded = Folding.Fold(sentence);
        var space = folded.IndexOf(' ', StringComparison.Ordinal);
        var first = space < 0 ? folded : folded[..space];
        return TitleWords.Leaning.Contains(first)
            || TitleWords.LeaningStarts.Any(start => first.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>Whether it says "today" or "tomorrow".</summary>
    public static bool IsDated(string sentence)
    {
        var folded = " " + Folding.Fold(sentence) + " ";
        return TitleWords.Dated.Any(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
