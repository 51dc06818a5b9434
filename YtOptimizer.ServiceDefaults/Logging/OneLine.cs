namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>Keeps what came from outside on one line of a log: no line breaks, no terminal escapes.</summary>
public static class OneLine
{
    /// <summary>Replaces control characters, line and paragraph separators and bidirectional overrides by <c>\uXXXX</c>.</summary>
    public static string Clean(string? text, int maxLength = 16_384)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var cut = text.Length > maxLength ? string.Concat(text.AsSpan(0, maxLength), "…") : text;
        return !cut.Any(IsUnsafe)
            ? cut
            : string.Concat(
                cut.Select(c =>
                    c == '\n' ? "\\n"
                    : c == '\r' ? "\\r"
                    : IsUnsafe(c) ? $"\\u{(int)c:x4}"
                    : c.ToString()
                )
            );
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
