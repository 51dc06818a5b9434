using System.Text;
using YtOptimizer.Analysis.DescriptionText;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Where lines and sentences begin and end.</summary>
internal static class LineMarks
{
    private const int ShortestWord = 3;
    private const int LongestAbbreviation = 4;

    /// <summary>Where the bullets in front of a passage begin.</summary>
    public static int WithBullets(string line, int end, int start)
    {
        for (var i = end; i < start; i++)
        {
            if (!char.IsWhiteSpace(line[i]) && !char.IsPunctuation(line[i]) && !IsInner(line, i))
            {
                return i;
            }
        }

        return start;
    }

    /// <summary>UTF-16 length of the bullets at an offset, 0 without.</summary>
    public static int BulletsAt(string line, int at)
    {
        var i = at;
        while (i < line.Length)
        {
            if (PassageCutter.IsBulletSign(line, i))
            {
                i += char.IsHighSurrogate(line[i]) ? 2 : 1;
            }
            else if (i > at && IsInner(line, i))
            {
                i++;
            }
            else
            {
                break;
            }
        }

        return i - at;
    }

    /// <summary>A line begins with a capital, a figure, a letter without case or a bullet; ":" and small letters go on with what stands
    /// before.</summary>
    public static bool MayBegin(string line, int at) =>
        at > 0
        && at < line.Length
        && !char.IsLower(line[at])
        && !char.IsLowSurrogate(line[at])
        && !IsInner(line, at)
        && (
            !char.IsPunctuation(line[at]) || line[at] is '#' or '@' or '"' or '“' or '«' or '(' or '[' or '【' or '「' or '¿' or '¡' or '•'
        );

    /// <summary>Whether a sentence ends before an offset: no ordinal ("29. Oktober"), no abbreviation ("Pvt. Ltd."), and the next one does
    /// not go on in small letters.</summary>
    public static bool EndsSentence(string text, int at)
    {
        var before = text.AsSpan(0, at).TrimEnd();
        if (before.Length < 2 || !MayBegin(text, at) || before[^1] is not ('.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '।'))
        {
            return false;
        }

        var end = before.Length - 1;
        var start = end;
        while (start > 0 && char.IsLetter(before[start - 1]))
        {
            start--;
        }

        var word = before[start..end];
        return before[^1] != '.'
            ? char.IsLetterOrDigit(before[end - 1])
            : word.Length >= ShortestWord && !(char.IsUpper(word[0]) && word.Length <= LongestAbbreviation);
    }

    /// <summary>Variation selectors, joiners and marks belong to what stands before them.</summary>
    public static bool IsInner(string line, int i) =>
        line[i] is '\u200D' or '\uFE0E' or '\uFE0F' or '\u20E3'
        || Rune.TryGetRuneAt(line, i, out var rune)
            && (
                Rune.GetUnicodeCategory(rune)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark
                        or System.Globalization.UnicodeCategory.EnclosingMark
                || rune.Value is >= 0x1F3FB and <= 0x1F3FF
            );
}
