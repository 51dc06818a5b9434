using System.Globalization;
using System.Text;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>
/// The order in which the parts of one line are drawn, from left to right: the Unicode bidirectional algorithm (UAX #9) for text without
/// embeddings. Numbers and Latin words keep their own direction within Arabic or Hebrew. Each part is one direction, as a shaper wants it.
/// </summary>
internal static class TextOrder
{
    private enum Kind
    {
        Left,
        Right,
        Number,
        Neutral,
    }

    /// <summary>The direction of the first letter.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (KindOf(rune) is (Kind.Left or Kind.Right) and var kind)
            {
                return kind == Kind.Right;
            }
        }

        return false;
    }

    /// <summary>Parts in the order of the screen; <c>RightToLeft</c> says how the part itself is read.</summary>
    public static IReadOnlyList<(string Text, bool RightToLeft)> Parts(string line)
    {
        Rune[] runes = [.. line.EnumerateRunes()];
        var levels = Levels(runes, IsRightToLeft(line) ? 1 : 0);
        var parts = new List<(string Text, int Level)>();
        for (var i = 0; i < runes.Length; i++)
        {
            if (i > 0 && levels[i] == levels[i - 1])
            {
                parts[^1] = (parts[^1].Text + runes[i], levels[i]);
            }
            else
            {
                parts.Add((runes[i].ToString(), levels[i]));
            }
        }

        // From the highest level down, whatever stands at that level or above is turned round.
        for (var level = 2; level >= 1; level--)
        {
            for (var start = 0; start < parts.Count; start++)
            {
                var end = start;
                while (end < parts.Count && parts[end].Level >= level)
                {
                    end++;
                }

                parts.Reverse(start, end - start);
                start = Math.Max(start, end - 1);
            }
        }

        return [.. parts.Select(part => (part.Text, part.Level % 2 == 1))];
    }

    private static int[] Levels(Rune[] runes, int baseLevel)
    {
        Kind[] kinds = [.. runes.Select(KindOf)];
        for (var i = 0; i < kinds.Length; i++)
        {
            // Marks belong to their letter; a sign between or beside digits belongs to the number (3.5, 12:30, 40 %, $5).
            kinds[i] =
                i > 0 && IsMark(runes[i]) ? kinds[i - 1]
                : kinds[i] == Kind.Neutral && IsPartOfNumber(runes, kinds, i) ? Kind.Number
                : kinds[i];
        }

        var levels = new int[runes.Length];
        var before = baseLevel == 1 ? Kind.Right : Kind.Left;
        var strong = before;
        for (var i = 0; i < runes.Length; i++)
        {
            if (kinds[i] == Kind.Neutral)
            {
                var next = Array.FindIndex(kinds, i, kind => kind != Kind.Neutral);
                var after = next < 0 ? Base(baseLevel) : Direction(kinds[next], strong);
                levels[i] = Direction(before, strong) == after ? LevelOf(after, baseLevel) : baseLevel;
                continue;
            }

            strong = kinds[i] == Kind.Number ? strong : kinds[i];
            before = kinds[i];
            levels[i] =
                kinds[i] == Kind.Number && (baseLevel == 1 || strong == Kind.Right) ? 2 : LevelOf(Direction(kinds[i], strong), baseLevel);
        }

        return levels;
    }

    // A number counts as right-to-left for its neighbours where the text before it is.
    private static Kind Direction(Kind kind, Kind strong) => kind == Kind.Number ? strong : kind;

    private static Kind Base(int level) => level == 1 ? Kind.Right : Kind.Left;

    private static int LevelOf(Kind kind, int baseLevel) =>
        kind == Kind.Right ? 1
        : baseLevel == 0 ? 0
        : 2;

    private static bool IsPartOfNumber(Rune[] runes, Kind[] kinds, int i)
    {
        var follows = i > 0 && kinds[i - 1] == Kind.Number;
        var precedes = i + 1 < kinds.Length && kinds[i + 1] == Kind.Number;
        return runes[i].Value switch
        {
            '.' or ',' or ':' or '/' or '-' or '٫' or '٬' => follows && precedes,
            '%' or '#' or '+' or '٪' => follows || precedes,
            _ => Rune.GetUnicodeCategory(runes[i]) == UnicodeCategory.CurrencySymbol && (follows || precedes),
        };
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    private static Kind KindOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber ? Kind.Number
        : !Rune.IsLetter(rune) ? Kind.Neutral
        : rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF)
            ? Kind.Right
        : Kind.Left;
}
