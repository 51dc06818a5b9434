namespace YtOptimizer.Analysis.Text;

/// <summary>Other forms of a word: without Korean particles, hashtags as words.</summary>
internal static class WordForms
{
    public static readonly string[] KoreanParticles =
    [
        "으로는",
        "에서는",
        "에게는",
        "이라는",
        "에서",
        "에게",
        "으로",
        "까지",
        "부터",
        "처럼",
        "보다",
        "이랑",
        "하고",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "도",
        "로",
        "만",
        "랑",
    ];

    /// <summary>"WakeUpInTheSky" → "Wake Up In The Sky".</summary>
    public static string SplitCamel(string word)
    {
        var builder = new System.Text.StringBuilder(word.Length + 8);
        for (var i = 0; i < word.Length; i++)
        {
            if (
                i > 0
                && (
                    (
                        char.IsUpper(word[i])
                        && (char.IsLower(word[i - 1]) || (i + 1 < word.Length && char.IsUpper(word[i - 1]) && char.IsLower(word[i + 1])))
                    )
                    || (char.IsAsciiDigit(word[i]) && char.IsLetter(word[i - 1]))
                    || word[i] == '_'
                )
            )
            {
                builder.Append(' ');
            }

            if (word[i] != '_')
            {
                builder.Append(word[i]);
            }
        }

        return builder.ToString();
    }
}
