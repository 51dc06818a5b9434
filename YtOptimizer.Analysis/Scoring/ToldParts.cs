using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Finds a word of the title in the text where only a part of it stands there: behind an Arabic article or conjunction, before a
/// Korean ending, as the last part of a compound.</summary>
internal static class ToldParts
{
    private const int ShortestPart = 5;
    private const int ShortestFirst = 3;
    private const int ShortestArabic = 3;

    private static readonly string[] ArabicBeginnings = ["وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"];
    private static readonly string[] Compounding = ["de", "nl", "sv", "da", "no", "fi", "hu"];

    public static bool Holds(Source source, Token token, string word) =>
        token.Script == Script.Hangul
            ? word.Length > 2 && source.Told.Folded.Contains(word[..Math.Max(2, word.Length - 2)], StringComparison.Ordinal)
        : word.Length > 0 && word[0] is >= '\u0600' and <= '\u06FF' ? HoldsArabic(source, word)
        : Array.IndexOf(Compounding, source.Language.Code) >= 0 && HoldsLastPart(source, word);

    private static bool HoldsArabic(Source source, string word)
    {
        var bare = ArabicBeginnings.FirstOrDefault(beginning =>
            word.StartsWith(beginning, StringComparison.Ordinal) && word.Length >= beginning.Length + ShortestArabic
        );
        return bare is not null && source.Told.Folded.Contains(word[bare.Length..], StringComparison.Ordinal);
    }

    // "Gefühlschaos" where the text speaks of "Chaos".
    private static bool HoldsLastPart(Source source, string word)
    {
        for (var at = ShortestFirst; at <= word.Length - ShortestPart; at++)
        {
            if (source.Told.Stems.Contains(source.Stemming.Stem(word[at..])))
            {
                return true;
            }
        }

        return false;
    }
}
