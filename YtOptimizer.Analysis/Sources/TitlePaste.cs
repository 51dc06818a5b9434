namespace YtOptimizer.Analysis.Sources;

/// <summary>Finds the title where a description only repeats it.</summary>
internal static class TitlePaste
{
    private const int Shortest = 12;

    /// <summary>The description without the title at its start and without lines that are the title; all else stays as it is.</summary>
    public static string Without(string description, string title)
    {
        var wanted = title.Trim();
        if (wanted.Length < Shortest || !description.Contains(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return description;
        }

        var text = description.TrimStart();
        while (text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
        {
            text = text[wanted.Length..].TrimStart(' ', '\n', '.', '!', '?', '-', '–', '—', ':', '|', '。', '！', '？', '"', '“', '”');
        }

        return text.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            ? string.Join('\n', text.Split('\n').Where(line => !line.Trim(' ', '"', '“', '”', '*', '.', '!').Equals(wanted, StringComparison.OrdinalIgnoreCase)))
            : text;
    }
}
