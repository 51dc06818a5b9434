namespace YtOptimizer.Analysis.Text;

/// <summary>A word without the particles and case endings that its language glues to it ("치킨보다" → "치킨").</summary>
internal static class WordParticles
{
    private static readonly string[] Korean =
    [
        "에서는",
        "으로는",
        "에게서",
        "이라는",
        "에서",
        "에게",
        "으로",
        "까지",
        "부터",
        "보다",
        "처럼",
        "이나",
        "라는",
        "하고",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "로",
        "와",
        "과",
        "도",
        "만",
        "들",
    ];
    private static readonly string[] Slavic =
    [
        "ого",
        "его",
        "ому",
        "ему",
        "ами",
        "ями",
        "ах",
        "ях",
        "ой",
        "ей",
        "ою",
        "ею",
        "ом",
        "ем",
        "ов",
        "ев",
        "ам",
        "ям",
        "ую",
        "юю",
        "ый",
        "ий",
        "ая",
        "яя",
        "ы",
        "и",
        "у",
        "ю",
        "а",
        "я",
        "е",
        "о",
    ];
    private static readonly string[] Polish =
    [
        "ami",
        "ach",
        "owi",
        "ego",
        "emu",
        "ów",
        "om",
        "em",
        "ie",
        "ą",
        "ę",
        "a",
        "y",
        "i",
        "u",
        "e",
        "o",
    ];

    /// <summary>Shorter forms, longest ending off first; each keeps at least two Hangul or four other letters.</summary>
    public static IEnumerable<string> Without(string word, string language)
    {
        var (endings, least) = language switch
        {
            "ko" => (Korean, 2),
            "ru" or "uk" => (Slavic, 4),
            "pl" or "cs" or "sk" => (Polish, 4),
            _ => ((string[])[], 0),
        };
        foreach (var ending in endings)
        {
            if (word.Length >= ending.Length + least && word.EndsWith(ending, StringComparison.Ordinal))
            {
                yield return word[..^ending.Length];
            }
        }
    }
}
