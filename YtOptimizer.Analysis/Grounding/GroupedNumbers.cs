namespace YtOptimizer.Analysis.Grounding;

/// <summary>Numbers whose digits are written in groups: "1,000", "10.000", "1 000 000", "1,00,000". One pass over the text.</summary>
internal static class GroupedNumbers
{
    private const int LastGroup = 3;

    /// <returns>Where each stands, its value in ASCII digits, and whether a plain blank parts its groups, which may as well part two
    /// numbers.</returns>
    public static IEnumerable<(int Start, int End, string Value, bool IsDoubtful)> In(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsDigit(text[start]))
            {
                continue;
            }

            var end = Run(text, start);
            var separator = end < text.Length ? text[end] : '\0';
            if (end - start <= LastGroup && IsSeparator(separator))
            {
                var (close, last) = Groups(text, end, separator);
                if (last == LastGroup && (close == text.Length || text[close] != separator || !IsDigitAt(text, close + 1)))
                {
                    yield return (
                        start,
                        close,
                        Numerals.In(string.Concat(text[start..close].Where(char.IsDigit))).Single(),
                        separator == ' '
                    );
                }

                end = close;
            }

            start = end;
        }
    }

    // The end of the groups behind the first, and the digits of the last of them. Groups before the last may have two (lakh, crore).
    private static (int End, int Last) Groups(string text, int end, char separator)
    {
        var last = 0;
        while (end < text.Length && text[end] == separator && IsDigitAt(text, end + 1))
        {
            var close = Run(text, end + 1);
            if (close - end - 1 is not (2 or LastGroup))
            {
                break;
            }

            last = close - end - 1;
            end = close;
        }

        return (end, last);
    }

    private static bool IsSeparator(char c) => c is ',' or '.' or ' ' or '\'' or '’' or '\u00A0' or '\u2009' or '\u202F' or '٬' or '，';

    private static bool IsDigitAt(string text, int at) => at < text.Length && char.IsDigit(text[at]);

    private static int Run(string text, int from)
    {
        while (from < text.Length && char.IsDigit(text[from]))
        {
            from++;
        }

        return from;
    }
}
