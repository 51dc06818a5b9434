namespace YtOptimizer.Analysis.Grounding;

/// <summary>Numbers written in digits inside of words.</summary>
internal static class Numerals
{
    /// <summary>Every run of digits, of any script, as ASCII digits without leading zeros ("16가지" → 16, "٣" → 3).</summary>
    public static IEnumerable<string> In(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var digit = i < folded.Length && char.IsDigit(folded[i]);
            if (digit && start < 0)
            {
                start = i;
            }
            else if (!digit && start >= 0)
            {
                yield return Ascii(folded[start..i]);
                start = -1;
            }
        }
    }

    private static string Ascii(string digits)
    {
        var ascii = string.Concat(digits.Select(c => (char)('0' + (int)char.GetNumericValue(c)))).TrimStart('0');
        return ascii.Length == 0 ? "0" : ascii;
    }
}
