using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>Lengths as people and YouTube count them.</summary>
internal static class Graphemes
{
    public static int Count(string text)
    {
        var count = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            rest = rest[NextLength(rest)..];
            count++;
        }

        return count;
    }

    /// <summary>UTF-16 length of the first cluster:
    /// .NET's, and by rule GB9c of Unicode 17 Indic conjuncts ("क्ष") as one.</summary>
    public static int NextLength(ReadOnlySpan<char> text)
    {
        var length = StringInfo.GetNextTextElementLength(text);
        while (length < text.Length && IndicConjuncts.Join(text[..length], text[length..]))
        {
            length += StringInfo.GetNextTextElementLength(text[length..]);
        }

        return length;
    }

    /// <summary>Emoji as people count them: a family, a flag or a skin tone is one; half a flag is none.</summary>
    public static int CountEmoji(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; )
        {
            var length = NextLength(text.AsSpan(i));
            count += IsEmojiCluster(text.AsSpan(i, length)) ? 1 : 0;
            i += length;
        }

        return count;
    }

    /// <summary>Whether a whole cluster is an emoji.</summary>
    public static bool IsEmojiCluster(ReadOnlySpan<char> cluster)
    {
        Rune.DecodeFromUtf16(cluster, out var first, out var length);
        return IsEmoji(first) && !(first.Value is >= 0x1F1E6 and <= 0x1F1FF && length == cluster.Length);
    }

    /// <summary>At most this many grapheme clusters; never cuts inside one.</summary>
    public static string Take(string text, int count)
    {
        var length = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty && count-- > 0)
        {
            var next = NextLength(rest);
            length += next;
            rest = rest[next..];
        }

        return text[..length];
    }

    /// <summary>Cuts at a word end at or before the limit, without trailing punctuation.</summary>
    public static string TakeWords(string text, int count)
    {
        var cut = Take(text, count);
        if (cut.Length == text.Length)
        {
            return cut;
        }

        var space = cut.LastIndexOfAny([' ', '\u3000', '、', '，']);
        if (space > cut.Length / 2)
        {
            cut = cut[..space];
        }

        return cut.TrimEnd(' ', ',', ';', ':', '-', '–', '—', '、', '，', '|');
    }

    /// <summary>Columns on a screen: East Asian wide characters and emoji take two.</summary>
    public static int DisplayWidth(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var v = rune.Value;
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            var wide =
                v
                is >= 0x1100
                    and <= 0x115F
                    or >= 0x2E80
                    and <= 0xA4CF
                    or >= 0xAC00
                    and <= 0xD7A3
                    or >= 0xF900
                    and <= 0xFAFF
                    or >= 0xFE30
                    and <= 0xFE6F
                    or >= 0xFF00
                    and <= 0xFF60
                    or >= 0xFFE0
                    and <= 0xFFE6
                    or >= 0x1F300
                    and <= 0x1FAFF
                    or >= 0x20000
                    and <= 0x3FFFD;
            width += wide ? 2 : 1;
        }

        return width;
    }

    public static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    public static bool IsEmoji(Rune rune) =>
        rune.Value
            is >= 0x1F300
                and <= 0x1FAFF
                or >= 0x2600
                and <= 0x27BF
                or >= 0x1F1E6
                and <= 0x1F1FF
                or 0x2B50
                or 0x2B55
                or 0x203C
                or 0x2049;
}
