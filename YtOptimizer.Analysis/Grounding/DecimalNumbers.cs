using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Numbers of several parts, such as "8,84", "3.6" or "1:2".</summary>
internal static class DecimalNumbers
{
    /// <summary>Whether the digits are a part of such a number and the source writes it in the same way.</summary>
    public static bool IsHeld(string text, Token token, Source source)
    {
        if (!token.Has(TokenFlags.Digits))
        {
            return false;
        }

        var from = token.Start;
        while (from > 1 && IsMark(text[from - 1]) && char.IsDigit(text[from - 2]))
        {
            from--;
            while (from > 0 && char.IsDigit(text[from - 1]))
            {
                from--;
            }
        }

        var to = token.End;
        while (to + 1 < text.Length && IsMark(text[to]) && char.IsDigit(text[to + 1]))
        {
            to++;
            while (to < text.Length && char.IsDigit(text[to]))
            {
                to++;
            }
        }

        var number = text[from..to];
        return number.Length > token.Length && (Holds(source.SafeTitle, number) || Holds(source.SafeDescription, number));
    }

    private static bool IsMark(char c) => c is ',' or '.' or ':';

    private static bool Holds(string text, string number)
    {
        var at = text.IndexOf(number, StringComparison.Ordinal);
        while (at >= 0)
        {
            var end = at + number.Length;
            if ((at == 0 || !char.IsDigit(text[at - 1])) && (end == text.Length || !char.IsDigit(text[end])))
            {
                return true;
            }

            at = text.IndexOf(number, at + 1, StringComparison.Ordinal);
        }

        return false;
    }
}
