using System.Buffers;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Rule GB9c of UAX #29, which .NET does not know yet: consonants that a virama joins ("क्ष", Burmese and Khmer stacks) are one cluster. Tables:
/// Indic_Conjunct_Break of Unicode 17.0 (DerivedCoreProperties.txt).
/// </summary>
internal static class IndicConjuncts
{
    // Virama and the signs that stack the next consonant below.
    private static readonly HashSet<int> Linkers =
    [
        0x094D, 0x09CD, 0x0ACD, 0x0B4D, 0x0C4D, 0x0D4D, 0x1039, 0x17D2, 0x1A60, 0x1B44, 0x1BAB, 0xA9C0, 0xAAF6, 0x10A3F, 0x11133, 0x113D0,
        0x1193E, 0x11A47, 0x11A99, 0x11F42,
    ];

    // First and last of each run of consonants, in order.
    private static readonly int[] Consonants =
    [
        // Devanagari.
        0x0915, 0x0939, 0x0958, 0x095F, 0x0978, 0x097F,
        // Bengali.
        0x0995, 0x09A8, 0x09AA, 0x09B0, 0x09B2, 0x09B2, 0x09B6, 0x09B9, 0x09DC, 0x09DD, 0x09DF, 0x09DF, 0x09F0, 0x09F1,
        // Gujarati.
        0x0A95, 0x0AA8, 0x0AAA, 0x0AB0, 0x0AB2, 0x0AB3, 0x0AB5, 0x0AB9, 0x0AF9, 0x0AF9,
        // Oriya.
        0x0B15, 0x0B28, 0x0B2A, 0x0B30, 0x0B32, 0x0B33, 0x0B35, 0x0B39, 0x0B5C, 0x0B5D, 0x0B5F, 0x0B5F, 0x0B71, 0x0B71,
        // Telugu.
        0x0C15, 0x0C28, 0x0C2A, 0x0C39, 0x0C58, 0x0C5A,
        // Malayalam.
        0x0D15, 0x0D3A,
        // Myanmar.
        0x1000, 0x102A, 0x103F, 0x103F, 0x1050, 0x1055, 0x105A, 0x105D, 0x1061, 0x1061, 0x1065, 0x1066, 0x106E, 0x1070, 0x1075, 0x1081, 0x108E, 0x108E,
        // Khmer.
        0x1780, 0x17B3,
        // Tai Tham.
        0x1A20, 0x1A54,
        // Balinese.
        0x1B0B, 0x1B0C, 0x1B13, 0x1B33, 0x1B45, 0x1B4C,
        // Sundanese.
        0x1B83, 0x1BA0, 0x1BAE, 0x1BAF, 0x1BBB, 0x1BBD,
        // Javanese.
        0xA989, 0xA98B, 0xA98F, 0xA9B2,
        // Myanmar Extended-B.
        0xA9E0, 0xA9E4, 0xA9E7, 0xA9EF, 0xA9FA, 0xA9FE,
        // Myanmar Extended-A.
        0xAA60, 0xAA6F, 0xAA71, 0xAA73, 0xAA7A, 0xAA7A, 0xAA7E, 0xAA7F,
        // Meetei Mayek Extensions.
        0xAAE0, 0xAAEA,
        // Meetei Mayek.
        0xABC0, 0xABDA,
        // Kharoshthi.
        0x10A00, 0x10A00, 0x10A10, 0x10A13, 0x10A15, 0x10A17, 0x10A19, 0x10A35,
        // Chakma.
        0x11103, 0x11126, 0x11144, 0x11144, 0x11147, 0x11147,
        // Tulu-Tigalari.
        0x11380, 0x11389, 0x1138B, 0x1138B, 0x1138E, 0x1138E, 0x11390, 0x113B5,
        // Dives Akuru.
        0x11900, 0x11906, 0x11909, 0x11909, 0x1190C, 0x11913, 0x11915, 0x11916, 0x11918, 0x1192F,
        // Zanabazar Square.
        0x11A00, 0x11A00, 0x11A0B, 0x11A32,
        // Soyombo.
        0x11A50, 0x11A50, 0x11A5C, 0x11A83,
        // Kawi.
        0x11F04, 0x11F10, 0x11F12, 0x11F33,
    ];

    /// <summary>Whether a cluster that ends in consonant and virama goes on in the text behind it.</summary>
    public static bool Join(ReadOnlySpan<char> cluster, ReadOnlySpan<char> behind)
    {
        // Nearly all text is of other scripts.
        if (behind.IsEmpty || behind[0] < 0x0915 || Rune.DecodeFromUtf16(behind, out var next, out _) != OperationStatus.Done || !IsConsonant(next))
        {
            return false;
        }

        var linked = false;
        while (Rune.DecodeLastFromUtf16(cluster, out var rune, out var length) == OperationStatus.Done)
        {
            if (IsConsonant(rune))
            {
                return linked;
            }

            if (Linkers.Contains(rune.Value))
            {
                linked = true;
            }
            else if (rune.Value != WordSigns.ZeroWidthJoiner && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                return false;
            }

            cluster = cluster[..^length];
        }

        return false;
    }

    private static bool IsConsonant(Rune rune)
    {
        var at = Array.BinarySearch(Consonants, rune.Value);
        // At a border, or between the first and the last of a run.
        return at >= 0 || (~at & 1) == 1;
    }
}
