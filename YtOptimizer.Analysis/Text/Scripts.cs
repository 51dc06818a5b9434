using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>Writing systems and letter case of words.</summary>
internal static class Scripts
{
    public static bool IsUnspaced(Script script) => script is Script.Han or Script.Kana or Script.Katakana or Script.Thai;

    public static Script OfFirst(string word) =>
        word.Length > 0 && Rune.TryGetRuneAt(word, 0, out var rune) ? Of(rune, Script.Other) : Script.Other;

    /// <summary>The script of a word; a Japanese word with any Han or Katakana letter is of that script ("出来事", "並び").</summary>
    public static Script OfWord(string word)
    {
        var found = Script.Other;
        foreach (var rune in word.EnumerateRunes())
        {
            var script = Of(rune, found);
            found = found is Script.Other or Script.Kana && script != Script.Other ? script : found;
        }

        return found;
    }

    public static Script Of(Rune rune, Script previous)
    {
        var v = rune.Value;
        if (
            v > 0x2FF
            && previous != Script.Other
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        )
        {
            return previous;
        }

        if (v < 0x250)
        {
            return char.IsAsciiDigit((char)v) ? Script.Number : Script.Latin;
        }

        return v switch
        {
            'ー' or 'ｰ' or '々' when previous is Script.Kana or Script.Katakana or Script.Han => previous,
            >= 0x3040 and <= 0x309F => Script.Kana,
            (>= 0x30A0 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) => Script.Katakana,
            (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or 0x3005 or 0x3007 => Script.Han,
            (>= 0xAC00 and <= 0xD7AF) or (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) => Script.Hangul,
            (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0xAA60 and <= 0xAA7F) => Script.Thai,
            >= 0xFF10 and <= 0xFF19 => Script.Number,
            (>= 0xFF21 and <= 0xFF5A) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
            _ => Rune.IsDigit(rune) ? Script.Number : Script.Other,
        };
    }

    public static TokenFlags CaseFlags(string surface)
    {
        var flags = TokenFlags.None;
        var letters = 0;
        var uppers = 0;
        var digits = 0;
        foreach (var rune in surface.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                if (letters == 0 && Rune.IsUpper(rune))
                {
                    flags |= TokenFlags.Capitalized;
                }

                letters++;
                uppers += Rune.IsUpper(rune) ? 1 : 0;
            }
            else if (Rune.IsDigit(rune))
            {
                digits++;
            }
        }

        if (letters > 1 && uppers == letters)
        {
            flags |= TokenFlags.AllCaps;
        }

        return digits > 0 ? flags | TokenFlags.Digits : flags;
    }
}
