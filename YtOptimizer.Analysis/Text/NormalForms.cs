using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>Which characters stay as they are in NFKC whatever stands beside them: normalising a text of these alone would only cost a call
/// into ICU. Thread-safe: two threads that look up a character at once write the same.</summary>
internal static class NormalForms
{
    private const byte Stable = 1;
    private const byte Unstable = 2;

    private static readonly byte[] Known = new byte[char.MaxValue + 1];

    public static bool IsStable(char c)
    {
        var known = Known[c];
        if (known == 0)
        {
            Known[c] = known = Look(c) ? Stable : Unstable;
        }

        return known == Stable;
    }

    // Marks and the conjoining letters of Hangul are put together with what stands before them.
    private static bool Look(char c)
    {
        if (
            char.IsSurrogate(c)
            || c is '\uFFFE' or '\uFFFF'
            || c is >= '\u1100' and <= '\u11FF'
            || CharUnicodeInfo.GetUnicodeCategory(c)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.EnclosingMark
        )
        {
            return false;
        }

        var text = c.ToString();
        return string.Equals(text, text.Normalize(NormalizationForm.FormKC), StringComparison.Ordinal);
    }
}
