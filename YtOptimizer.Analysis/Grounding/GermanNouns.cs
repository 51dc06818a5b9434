namespace YtOptimizer.Analysis.Grounding;

/// <summary>German writes every noun with a capital, so capitals do not tell names: endings and parts do.</summary>
internal static class GermanNouns
{
    private const int ShortestPart = 4;

    private static readonly string[] Endings =
    [
        "ung",
        "ungen",
        "heit",
        "heiten",
        "keit",
        "keiten",
        "schaft",
        "schaften",
        "tion",
        "tionen",
        "tät",
        "täten",
        "nis",
        "nisse",
        "chen",
        "lein",
        "tum",
        "ismus",
        "enz",
        "anz",
        "ling",
        "linge",
        "erei",
        "ierung",
    ];

    private static readonly string[] Links = ["", "s", "es", "n", "en", "er", "e"];

    /// <summary>Whether a word is a noun by its ending or a compound of known words ("Bundesliga-Saison", "Kuchenrezept").</summary>
    public static bool IsNoun(string folded, Func<string, bool> isKnown)
    {
        foreach (var ending in Endings)
        {
            if (folded.Length > ending.Length + 2 && folded.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        for (var at = ShortestPart; at <= folded.Length - ShortestPart; at++)
        {
            if (!isKnown(folded[at..]))
            {
                continue;
            }

            foreach (var link in Links)
            {
                if (
                    at - link.Length >= ShortestPart
                    && folded.AsSpan(0, at).EndsWith(link, StringComparison.Ordinal)
                    && isKnown(folded[..(at - link.Length)])
                )
                {
                    return true;
                }
            }
        }

        return false;
    }
}
