namespace YtOptimizer.Analysis.Grounding;

/// <summary>Results of matches: "3-1", "1 x 2", "0:2". One pass over the text.</summary>
internal static class Scores
{
    private const int MostDigits = 2;

    public static IEnumerable<(string First, string Second)> In(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var end = Run(text, i);
            var second = Second(text, end);
            // Dates, times, years and versions have more digits or more parts.
            if (
                second > 0
                && end - i <= MostDigits
                && IsFree(text, i - 1)
                && Run(text, second) is var close
                && close - second <= MostDigits
                && IsFree(text, close)
                && Second(text, close) < 0
            )
            {
                yield return (text[i..end], text[second..close]);
                end = close;
            }

            i = end - 1;
        }
    }

    private static int Run(string text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
        {
            from++;
        }

        return from;
    }

    // Where the second number of a score begins, -1 when there is none.
    private static int Second(string text, int from)
    {
        var at = from < text.Length && text[from] == ' ' ? from + 1 : from;
        if (at >= text.Length || text[at] is not ('-' or '–' or '—' or ':' or 'x' or 'X'))
        {
            return -1;
        }

        at = at + 1 < text.Length && text[at + 1] == ' ' ? at + 2 : at + 1;
        return at < text.Length && char.IsAsciiDigit(text[at]) ? at : -1;
    }

    private static bool IsFree(string text, int at) =>
        at < 0 || at >= text.Length || text[at] is not (>= '0' and <= '9' or ':' or '.' or '/' or '-');
}
