using System.Buffers;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Rule GB9c of UAX #29, which .NET does not know yet: consonants that a virama joins ("क्ष", Khmer stacks) are one cluster.
/// Tables: Indic_Conjunct_Break of Unicode 17.0 (DerivedCoreProperties.txt), as hexadecimal code points.
/// </summary>
internal static class IndicConjuncts
{
    // Virama and the signs that stack the next consonant below.
    private const string LinkerList = """
        94D 9CD ACD B4D C4D D4D 1039 17D2 1A60 1B44 1BAB A9C0 AAF6 10A3F 11133 113D0 1193E 11A47 11A99 11F42
        """;

    private const string ConsonantList = """
        915-939 958-95F 978-97F 995-9A8 9AA-9B0 9B2 9B6-9B9 9DC-9DD 9DF 9F0-9F1 A95-AA8 AAA-AB0 AB2-AB3 AB5-AB9 AF9 B15-B28
        B2A-B30 B32-B33 B35-B39 B5C-B5D B5F B71 C15-C28 C2A-C39 C58-C5A D15-D3A 1000-102A 103F 1050-1055 105A-105D 1061
        1065-1066 106E-1070 1075-1081 108E 1780-17B3 1A20-1A54 1B0B-1B0C 1B13-1B33 1B45-1B4C 1B83-1BA0 1BAE-1BAF 1BBB-1BBD
        A989-A98B A98F-A9B2 A9E0-A9E4 A9E7-A9EF A9FA-A9FE AA60-AA6F AA71-AA73 AA7A AA7E-AA7F AAE0-AAEA ABC0-ABDA 10A00
        10A10-10A13 10A15-10A17 10A19-10A35 11103-11126 11144 11147 11380-11389 1138B 1138E 11390-113B5 11900-11906 11909
        1190C-11913 11915-11916 11918-1192F 11A00 11A0B-11A32 11A50 11A5C-11A83 11F04-11F10 11F12-11F33
        """;

    private static readonly HashSet<int> Linkers = [.. Ranges(LinkerList)];

    // First and last of each run, in order.
    private static readonly int[] Consonants = Ranges(ConsonantList);

    /// <summary>Whether a cluster that ends in consonant and virama goes on in the text behind it.</summary>
    public static bool Join(ReadOnlySpan<char> cluster, ReadOnlySpan<char> behind)
    {
        // Nearly all text is of other scripts.
        if (
            behind.IsEmpty
            || behind[0] < '\u0915'
            || Rune.DecodeFromUtf16(behind, out var next, out _) != OperationStatus.Done
            || !IsConsonant(next)
        )
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

    private static int[] Ranges(string list) =>
        [
            .. list.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(range => (string[])[range.Split('-')[0], range.Split('-')[^1]])
                .Select(point => int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
        ];
}
