using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Superlatives that languages build of several words ("o guia mais completo") or of a beginning ("en hızlı").</summary>
internal static class Comparison
{
    private const int Reach = 4;

    private static readonly Dictionary<string, (string[] Articles, string[] More)> Romance = new(StringComparer.Ordinal)
    {
        ["es"] = (["el", "la", "los", "las"], ["más", "mas"]),
        ["pt"] = (["o", "a", "os", "as"], ["mais"]),
        ["it"] = (["il", "lo", "la", "i", "gli", "le", "l"], ["più", "piu"]),
        ["fr"] = (["le", "la", "les"], ["plus"]),
    };

    private static readonly HashSet<string> NoComparison = new(StringComparer.Ordinal)
    {
        "de",
        "del",
        "que",
        "do",
        "da",
        "di",
        "che",
        "uma",
        "um",
        "una",
        "un",
        "en",
        "em",
        "por",
        "para",
        "e",
        "y",
        "se",
        "ou",
        "o",
        "di",
        "jamais",
    };

    /// <summary>Such superlatives, each from "more" to the word it raises.</summary>
    public static IEnumerable<string> Superlatives(List<Token> tokens, string language)
    {
        if (language == "tr")
        {
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                if (tokens[i].Folded == "en" && tokens[i + 1].Before < Gap.Break)
                {
                    yield return "en " + tokens[i + 1].Folded;
                }
            }
        }

        if (!Romance.TryGetValue(language, out var words))
        {
            yield break;
        }

        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (!words.More.Contains(tokens[i].Folded) || tokens[i + 1].Before >= Gap.Break || NoComparison.Contains(tokens[i + 1].Folded))
            {
                continue;
            }

            // French puts the article directly before "plus".
            var reach = language == "fr" ? 1 : Reach;
            for (var k = i - 1; k >= 0 && k >= i - reach && tokens[k + 1].Before < Gap.Break; k--)
            {
                if (words.Articles.Contains(tokens[k].Folded))
                {
                    yield return tokens[i].Folded + " " + tokens[i + 1].Folded;
                    break;
                }
            }
        }
    }
}
