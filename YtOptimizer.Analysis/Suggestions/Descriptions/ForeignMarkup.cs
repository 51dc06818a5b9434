namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Signs of Markdown and reStructuredText, which YouTube shows as they stand.</summary>
internal static class ForeignMarkup
{
    private const int LeastRow = 4;
    private const int Opening = 300;

    /// <summary>The first sign within what is seen first; null without.</summary>
    public static string? Find(string text)
    {
        var lines = text[..Math.Min(text.Length, Opening)].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (InLine(lines[i].TrimEnd(), i > 0 ? lines[i - 1].Trim() : "") is { } sign)
            {
                return sign;
            }
        }

        return null;
    }

    /// <summary>Whether a sentence holds a link or a mark of such a system.</summary>
    public static bool Holds(string sentence) => InLine(sentence, "") is not null || sentence.Contains("===", StringComparison.Ordinal);

    private static string? InLine(string line, string above) =>
        IsRow(line) && above.Length > 0 && !IsRow(above) ? line[..LeastRow]
        : line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal) ? "#"
        : line.Contains("`_", StringComparison.Ordinal) ? "`…`_"
        : line.Contains("](http", StringComparison.Ordinal) ? "[…](…)"
        : null;

    // Rows of dashes, stars and low lines are rules on YouTube, too.
    private static bool IsRow(string line) =>
        line.Length >= LeastRow && line[0] is '=' or '~' or '^' && line.AsSpan().IndexOfAnyExcept(line[0]) < 0;
}
