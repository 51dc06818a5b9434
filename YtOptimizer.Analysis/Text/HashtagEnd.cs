using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// How long a hashtag is: letters, marks, digits and underscores, and between them the signs that stand inside words (Catalan "l·l", Hebrew
/// geresh, Japanese dots, joiners of Persian and Sinhala). It needs a letter and may not be the end of a word ("F#minor") or a character
/// reference ("&amp;#x27;").
/// </summary>
internal static class HashtagEnd
{
    /// <summary>Length with the sign itself, 0 when this is no hashtag.</summary>
    public static int LengthOf(string text, int start)
    {
        if (start > 0 && !MayStandBefore(text, start))
        {
            return 0;
        }

        var i = start + 1;
        var letters = false;
        var steps = default(RunSteps);
        while (i < text.Length && Rune.TryGetRuneAt(text, i, out var rune))
        {
            var length = rune.Utf16SequenceLength;
            if (
                !Folding.IsWord(rune)
                && rune.Value != '_'
                && !(
                    i > start + 1
                    && WordSigns.IsInner(text[i])
                    && Rune.TryGetRuneAt(text, i + length < text.Length ? i + length : i, out var next)
                    && Folding.IsWord(next)
                    && i + length < text.Length
                )
            )
            {
                break;
            }

            letters |= Rune.IsLetter(rune);
            i += length;
            steps.Grow(i - start);
        }

        steps.End(i - start);

        return letters ? i - start : 0;
    }

    // Scripts without spaces write hashtags right behind a word; the spaced ones do not. One hashtag may follow another.
    private static bool MayStandBefore(string text, int start)
    {
        var before = text[start - 1];
        if (before == '&')
        {
            return false;
        }

        if (!char.IsLetterOrDigit(before) && before != '_')
        {
            return true;
        }

        if (Scripts.IsUnspaced(Scripts.Of(new Rune(char.IsSurrogate(before) ? ' ' : before), Script.Other)))
        {
            return true;
        }

        var i = start - 1;
        while (i >= 0 && start - i <= 60 && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
        {
            i--;
        }

        return i >= 0 && text[i] is '#' or '＃' && (i == 0 || text[i - 1] != '&');
    }
}
