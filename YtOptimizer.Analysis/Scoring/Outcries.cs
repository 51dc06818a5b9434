using System.Collections.Frozen;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Calls for attention in a title ("URGENT", "충격", "шок"): they say nothing of the video.</summary>
internal static class Outcries
{
    private static readonly FrozenSet<string> Words = WordList
        .Section("title-words.txt", "outcries")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>As the title writes them: those that stand alone between two marks or edges of the title. Within a phrase such a word
    /// may be said of a thing ("the bomb").</summary>
    public static IEnumerable<string> In(string title, List<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (
                Words.Contains(tokens[i].Folded)
                && (i == 0 || tokens[i].Before >= Gap.Break)
                && (i + 1 == tokens.Count || tokens[i + 1].Before >= Gap.Break)
                && tokens.Count > 1
            )
            {
                yield return title.Substring(tokens[i].Start, tokens[i].Length);
            }
        }
    }

    /// <summary>Whether a word or a part of a title is nothing else, brackets and marks left aside.</summary>
    public static bool Is(string text) => Words.Contains(Folding.Fold(text));
}
