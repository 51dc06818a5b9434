namespace YtOptimizer.Analysis.Grounding;

/// <summary>Words that Arabic and Hebrew glue to the front of the next word ("and", "in", "the", "to", "like").</summary>
internal static class Clitics
{
    private static readonly string[] Arabic = ["وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ك", "ل"];
    private static readonly string[] Hebrew = ["וה", "מה", "לה", "שה", "ו", "ה", "ב", "כ", "ל", "מ", "ש"];
    private static readonly string[] ArabicEndings = ["ها", "هم", "نا", "كم", "ات", "ون", "ين", "ية", "ه", "ة", "ي", "ك"];

    /// <summary>The word without such beginnings and, in Arabic, without common endings; forms of at least three letters.</summary>
    public static IEnumerable<string> Without(string word, string language)
    {
        foreach (var prefix in language == "ar" ? Arabic : Hebrew)
        {
            if (word.Length >= prefix.Length + 3 && word.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return word[prefix.Length..];
            }
        }

        foreach (var ending in language == "ar" ? ArabicEndings : [])
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                yield return word[..^ending.Length];
            }
        }
    }
}
