using System.Buffers;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>The matching form of text: NFKC, lower case (invariant), punctuation and symbols as one space.</summary>
internal static class Folding
{
    private const int MostMarks = 30;
    private static readonly SearchValues<char> AsciiWord = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Normalised at once; normalising cannot be interrupted.</summary>
    private const int Piece = 4096;

    public static string Fold(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        // Most words are of these letters alone, and most of those are written small.
        if (text.Length <= Piece && !text.AsSpan().ContainsAnyExcept(AsciiWord))
        {
            WorkMeter.Count(text.Length);
            return text.AsSpan().ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;
        }

        var normalized = IsPlain(text) ? text : Normalize(text);
        var steps = new ScanSteps(normalized.Length);
        var output = new StringBuilder(normalized.Length);
        var space = false;
        var at = 0;
        foreach (var rune in normalized.EnumerateRunes())
        {
            var index = at;
            steps.At(index);
            at += rune.Utf16SequenceLength;
            if (!IsWord(rune))
            {
                // Joiners are spelling, quotation marks inside Hebrew words are geresh and gershayim.
                if (rune.Value is WordSigns.ZeroWidthJoiner or WordSigns.ZeroWidthNonJoiner)
                {
                    continue;
                }

                if (index < normalized.Length && WordSigns.JoinsWord(normalized, index))
                {
                    output.Append(rune.Value is '"' or '”' or WordSigns.Gershayim ? WordSigns.Gershayim : WordSigns.Geresh);
                    continue;
                }

                space = output.Length > 0;
                continue;
            }

            // Tatweel only stretches a word.
            if (rune.Value == WordSigns.Tatweel)
            {
                continue;
            }

            if (space)
            {
                output.Append(' ');
                space = false;
            }

            AppendLower(output, rune);
        }

        return output.ToString();
    }

    /// <summary>Letters, numbers and marks of every script; .NET's \w lacks spacing marks, which Devanagari and Tamil need.</summary>
    public static bool IsWord(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => rune.Value is not (>= 0xFE00 and <= 0xFE0F),
            _ => false,
        };
    }

    /// <summary>Without diacritics: "café" and "cafe" meet. Only for variants, never for matching.</summary>
    public static string StripDiacritics(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in Normalize(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                output.Append(c);
            }
        }

        return Normalize(output.ToString(), NormalizationForm.FormC);
    }

    private static void AppendLower(StringBuilder output, Rune rune)
    {
        // Dotted and dotless i meet for everyone; Turkish rules would split the index.
        if (rune.Value is 'İ' or 'ı')
        {
            output.Append('i');
            return;
        }

        Span<char> buffer = stackalloc char[2];
        var length = (HasNoUpperCase(rune) ? rune : Rune.ToLowerInvariant(rune)).EncodeToUtf16(buffer);
        output.Append(buffer[..length]);
    }

    /// <summary>Whether lowering leaves it as it is for sure, by a table: asking costs a call into ICU for each.</summary>
    internal static bool HasNoUpperCase(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber;

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c > 0x7E && !NormalForms.IsStable(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Normalises any text: lone surrogates and non-characters, which .NET refuses to normalise, are dropped.</summary>
    public static string Normalize(string text, NormalizationForm form = NormalizationForm.FormKC)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0)
        {
            text = WithoutInvalid(text);
        }

        text = WithoutPiles(text);
        if (text.Length <= Piece)
        {
            WorkMeter.Count(text.Length);
            return text.Normalize(form);
        }

        var output = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length; )
        {
            var end = PieceEnd(text, start);
            WorkMeter.Count(end - start);
            output.Append(text[start..end].Normalize(form));
            start = end;
        }

        return output.ToString();
    }

    // Nothing before a letter or sign below U+0300, an ideograph or a Thai consonant is put together with it.
    private static int PieceEnd(string text, int start)
    {
        var end = Math.Min(text.Length, start + Piece);
        while (end < text.Length && end < start + (2 * Piece) && !IsBoundary(text[end]))
        {
            end++;
        }

        while (end < text.Length && (char.IsLowSurrogate(text[end]) || IsMark(text, end)))
        {
            end++;
        }

        return end;
    }

    private static bool IsBoundary(char c) => c is < '\u0300' or >= '\u3400' and <= '\u9FFF' or >= '\u0E01' and <= '\u0E2F';

    /// <summary>
    /// Marks beyond the thirtieth on one letter are dropped (the Stream-Safe Text Format of UAX #15 ends there, too): putting them in
    /// order costs the square of their number, and no script has them.
    /// </summary>
    private static string WithoutPiles(string text)
    {
        var run = 0;
        var from = 0;
        StringBuilder? output = null;
        var steps = new ScanSteps(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            steps.At(i);
            // Below are no marks.
            if (text[i] < '\u0300' || !IsMark(text, i))
            {
                run = 0;
                continue;
            }

            var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            if (++run > MostMarks)
            {
                output = (output ?? new StringBuilder(text.Length)).Append(text, from, i - from);
                from = i + length;
            }

            i += length - 1;
        }

        return output is null ? text : output.Append(text, from, text.Length - from).ToString();
    }

    private static bool IsMark(string text, int i) =>
        CharUnicodeInfo.GetUnicodeCategory(text, i)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    private static string WithoutInvalid(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; )
        {
            if (
                Rune.DecodeFromUtf16(text.AsSpan(i), out _, out var consumed) == OperationStatus.Done
                && text[i] is not ('\uFFFE' or '\uFFFF')
            )
            {
                output.Append(text, i, consumed);
            }

            i += Math.Max(1, consumed);
        }

        return output.ToString();
    }
}
