namespace YtOptimizer.Analysis.Text;

/// <summary>Where a Japanese phrase was cut inside a word or a clause: "触れ" of "触れられない", "拾いたい気持ちを".</summary>
internal static class JapaneseEdges
{
    private const int MostFound = 6;

    // Kana that may stand right behind a noun: particles, the copula, forms of address.
    private const string Behind = "をはがのにでともへやかまだなさよねじ";

    // Behind two signs or more these make a verb of a noun ("紹介します"), which is whole without them.
    private const string Doing = "しすせ";

    // A phrase with one of these between its words is a clause.
    private const string Inside = "をがは";

    /// <summary>Whether the phrase is a piece of a longer word wherever a text holds it, or a clause.</summary>
    public static bool IsTorn(string phrase, params ReadOnlySpan<string> texts)
    {
        if (phrase.Length < 2)
        {
            return false;
        }

        var inner = phrase.AsSpan(1, phrase.Length - 1).IndexOfAny(Inside);
        if (inner >= 0 && !IsHiragana(phrase[inner]) && phrase.Length > 4)
        {
            return true;
        }

        var found = 0;
        foreach (var text in texts)
        {
            for (
                var at = text.IndexOf(phrase, StringComparison.Ordinal);
                at >= 0 && found < MostFound;
                at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal)
            )
            {
                found++;
                if (!GoesOn(phrase, text, at + phrase.Length))
                {
                    return false;
                }
            }
        }

        return found > 0;
    }

    private static bool GoesOn(string phrase, string text, int end)
    {
        if (end >= text.Length || !IsHiragana(text[end]) || phrase[^1] is >= '\u30A0' and <= '\u30FF')
        {
            return false;
        }

        if (IsHiragana(phrase[^1]))
        {
            return !Behind.Contains(text[end], StringComparison.Ordinal)
                || (text[end] == 'な' && end + 1 < text.Length && text[end + 1] is 'い' or 'か' or 'く');
        }

        return !Behind.Contains(text[end], StringComparison.Ordinal)
            && !(Doing.Contains(text[end], StringComparison.Ordinal) && phrase.Length > 1 && IsHan(phrase[^1]) && IsHan(phrase[^2]));
    }

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';
}
