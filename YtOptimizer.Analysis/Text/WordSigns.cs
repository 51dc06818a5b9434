namespace YtOptimizer.Analysis.Text;

/// <summary>Signs that stand inside words and do not part them.</summary>
internal static class WordSigns
{
    public const char ZeroWidthNonJoiner = '\u200C';
    public const char ZeroWidthJoiner = '\u200D';
    public const char Tatweel = '\u0640';
    public const char Geresh = '\u05F3';
    public const char Gershayim = '\u05F4';

    /// <summary>Between two letters of one word, in hashtags as well as in prose.</summary>
    public static bool IsInner(char c) =>
        c
            is ZeroWidthNonJoiner
                or ZeroWidthJoiner
                or Geresh
                or Gershayim
                or '·'
                or '\u05BE'
                or '・'
                or '\u30A0'
                or '\u0F0B'
                or '\u0F0C'
                or '\u309B'
                or '\u309C'
                or '〃'
                or '\uA67E';

    /// <summary>Joiners of Persian, Sinhala and Hindi spelling, and the quotation marks that Hebrew writes for geresh and
    /// gershayim.</summary>
    public static bool JoinsWord(string text, int index)
    {
        if (index == 0 || index + 1 >= text.Length)
        {
            return false;
        }

        return text[index] switch
        {
            ZeroWidthJoiner or ZeroWidthNonJoiner => true,
            '\'' or '"' or '’' or '”' or Geresh or Gershayim => IsHebrew(text[index - 1]) && IsHebrew(text[index + 1]),
            _ => false,
        };
    }

    public static bool IsHebrew(char c) => c is >= '\u05D0' and <= '\u05EA';
}
