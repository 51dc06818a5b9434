using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Core.Accounts;

/// <summary>Which characters cannot be seen, and how to name one to somebody who typed it.</summary>
public static class TextCharacters
{
    // Letters, marks and symbols by category, yet drawn as nothing (Unicode's Default_Ignorable_Code_Point, and the blank Braille pattern).
    private static readonly FrozenSet<int> DrawnAsNothing = new[]
    {
        0x034F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x180B,
        0x180C,
        0x180D,
        0x180F,
        0x2800,
        0x3164,
        0xFFA0,
    }
        .Concat(Enumerable.Range(0xFE00, 16))
        .Concat(Enumerable.Range(0xE0100, 240))
        .ToFrozenSet();

    private static readonly FrozenDictionary<int, string> Names = new Dictionary<int, string>
    {
        [0x0009] = "a tab",
        [0x000A] = "a line break",
        [0x000D] = "a line break",
        [0x0020] = "a space",
        [0x00A0] = "a no-break space",
        [0x00AD] = "a soft hyphen",
        [0x0130] = "a capital I with a dot",
        [0x061C] = "an Arabic letter mark",
        [0x200B] = "a zero-width space",
        [0x200C] = "a zero-width non-joiner",
        [0x200D] = "a zero-width joiner",
        [0x200E] = "a left-to-right mark",
        [0x200F] = "a right-to-left mark",
        [0x2028] = "a line separator",
        [0x2029] = "a paragraph separator",
        [0x202A] = "a left-to-right embedding",
        [0x202B] = "a right-to-left embedding",
        [0x202C] = "the end of an embedding",
        [0x202D] = "a left-to-right override",
        [0x202E] = "a right-to-left override",
        [0x2060] = "a word joiner",
        [0x2066] = "a left-to-right isolate",
        [0x2067] = "a right-to-left isolate",
        [0x2068] = "a first-strong isolate",
        [0x2069] = "the end of an isolate",
        [0xFEFF] = "a byte order mark",
    }.ToFrozenDictionary();

    /// <summary>Control and format characters (zero-width, bidirectional, byte order mark), line separators, fillers and variation
    /// selectors.</summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
        || DrawnAsNothing.Contains(rune.Value);

    public static Rune? FirstInvisible(string text) =>
        text.EnumerateRunes().Where(IsInvisible).Select(rune => (Rune?)rune).FirstOrDefault();

    public static string WithoutInvisible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune)).Select(rune => rune.ToString()));
    }

    /// <summary>Replaces halves of surrogate pairs by U+FFFD.</summary>
    public static string WellFormed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
    }

    /// <summary>
    /// A visible character that stands for itself: no space, private or unassigned character, and no compatibility twin of another one
    /// (full width, ligatures, mathematical letters), as PRECIS asks of names (RFC 8264, 9.17).
    /// </summary>
    public static bool IsPlain(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.SpaceSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate
            )
        && rune != Rune.ReplacementChar
        && !IsInvisible(rune)
        && rune.ToString().IsNormalized(NormalizationForm.FormKC);

    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>For people: <c>a zero-width space (U+200B)</c>, <c>"(" (U+0028)</c>.</summary>
    public static string Name(Rune rune)
    {
        var code = $"U+{rune.Value:X4}";
        return Names.TryGetValue(rune.Value, out var name) ? $"{name} ({code})"
            : IsInvisible(rune) ? $"the character {code}"
            : $"\"{rune}\" ({code})";
    }
}
