using System.Buffers;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Removes what readers cannot see: controls, bidirectional overrides, zero-width and tag characters, lone surrogates.
/// Such characters carry hidden instructions and break matching. Joiners inside emoji and inside Arabic or Indic words stay.
/// </summary>
internal static class TextCleaner
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    private static readonly string[] SubdivisionFlags = ["gbeng", "gbsct", "gbwls"];

    public static string Clean(string? text) => Clean(text, out _);

    public static string Clean(string? text, out bool removedHidden)
    {
        removedHidden = false;
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var steps = new ScanSteps(text.Length);
        var output = new StringBuilder(text.Length);
        var previous = 0;
        for (var i = 0; i < text.Length; )
        {
            steps.At(i);
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed) != OperationStatus.Done)
            {
                removedHidden = true;
                i += Math.Max(1, consumed);
                continue;
            }

            var value = rune.Value;
            if (value == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n')
                {
                    output.Append('\n');
                }
            }
            else if (value is '\u2028' or '\u2029' or '\u0085')
            {
                output.Append('\n');
            }
            else if (value == 0x1F3F4 && FlagLength(text.AsSpan(i + consumed)) is var flag and > 0)
            {
                output.Append(text, i, consumed + flag);
                i += flag;
            }
            else if (IsHidden(rune) && !IsNeededJoiner(text, i, consumed, value, previous))
            {
                removedHidden = true;
            }
            else
            {
                output.Append(text, i, consumed);
                previous = value;
            }

            i += consumed;
        }

        return output.Equals(text) ? text : output.ToString();
    }

    /// <summary>NFC and single spaces, for text that we write.</summary>
    public static string Tidy(string text)
    {
        var normalized = Folding.Normalize(text, NormalizationForm.FormC);
        var steps = new ScanSteps(normalized.Length);
        var output = new StringBuilder(normalized.Length);
        var space = false;
        for (var i = 0; i < normalized.Length; i++)
        {
            steps.At(i);
            var c = normalized[i];
            if (char.IsWhiteSpace(c))
            {
                space = output.Length > 0;
                continue;
            }

            if (space)
            {
                output.Append(' ');
                space = false;
            }

            output.Append(c);
        }

        return output.ToString();
    }

    /// <summary>YouTube refuses angle brackets anywhere in titles and descriptions.</summary>
    public static string ReplaceAngleBrackets(string text) => text.Replace('<', '‹').Replace('>', '›');

    private static bool IsHidden(Rune rune)
    {
        var value = rune.Value;
        if (value is '\n' or '\t')
        {
            return false;
        }

        var category = Rune.GetUnicodeCategory(rune);
        return category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            || value is (>= 0xE0100 and <= 0xE01EF) or (>= 0xFDD0 and <= 0xFDEF)
            || (value & 0xFFFE) == 0xFFFE
            || value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x17B4 or 0x17B5
            || (category == UnicodeCategory.OtherNotAssigned && value is >= 0xE0000 and <= 0xE0FFF);
    }

    private static bool IsNeededJoiner(string text, int index, int length, int value, int previous)
    {
        if (
            value is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
            || index + length >= text.Length
            || Rune.DecodeFromUtf16(text.AsSpan(index + length), out var next, out _) != OperationStatus.Done
        )
        {
            return false;
        }

        return (JoinsWords(previous) && JoinsWords(next.Value))
            || (value == ZeroWidthJoiner && JoinsEmoji(previous) && JoinsEmoji(next.Value));
    }

    // Arabic to Sinhala, Myanmar, Khmer, Mongolian: scripts whose spelling needs joiners.
    private static bool JoinsWords(int value) =>
        value
            is >= 0x0600
                and <= 0x08FF
                or >= 0x0900
                and <= 0x0DFF
                or >= 0x1000
                and <= 0x109F
                or >= 0x1780
                and <= 0x18AF
                or >= 0xFB50
                and <= 0xFDFF
                or >= 0xFE70
                and <= 0xFEFC;

    private static bool JoinsEmoji(int value) => value is >= 0x2190 and <= 0x2BFF or 0xFE0F or >= 0x1F000 and <= 0x1FAFF;

    private static int FlagLength(ReadOnlySpan<char> rest)
    {
        foreach (var flag in SubdivisionFlags)
        {
            var length = (flag.Length + 1) * 2;
            if (rest.Length < length)
            {
                continue;
            }

            var same = true;
            for (var k = 0; k <= flag.Length && same; k++)
            {
                var expected = k == flag.Length ? 0xE007F : 0xE0000 + flag[k];
                same =
                    char.IsSurrogatePair(rest[2 * k], rest[(2 * k) + 1]) && char.ConvertToUtf32(rest[2 * k], rest[(2 * k) + 1]) == expected;
            }

            if (same)
            {
                return length;
            }
        }

        return 0;
    }
}
