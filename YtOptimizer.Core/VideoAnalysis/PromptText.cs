using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Text of strangers on its way into a prompt.</summary>
internal static class PromptText
{
    /// <summary>Drops control, bidirectional, zero-width and tag characters (they hide text from people, not from models) and
    /// cuts.</summary>
    public static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, 8_192));
        var steps = new ScanSteps(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            steps.At(at);
            at += rune.Utf16SequenceLength;
            if (clean.Length >= longest)
            {
                break;
            }

            var category = Rune.GetUnicodeCategory(rune);
            var hidden =
                category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
                || rune == Rune.ReplacementChar
                || (category == UnicodeCategory.Format && rune.Value != 0x200D && rune.Value != 0x200C);
            if (!hidden || rune.Value is '\n')
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
