namespace YtOptimizer.Analysis.Text;

/// <summary>Cuts text into sentences: at line ends and after . ! ? and their relatives; not inside links, numbers or
/// abbreviations.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "vs",
        "feat",
        "ft",
        "no",
        "nr",
        "prof",
        "jr",
        "sr",
        "etc",
        "inc",
        "ltd",
        "co",
        "bzw",
        "z.b",
        "ca",
        "sra",
        "sta",
        "av",
        "pt",
        "ep",
        "vol",
        "g",
        "т",
        "г",
        "ул",
        "им",
    };

    /// <summary>Ranges that cover the whole text; each ends with its trailing white space.</summary>
    public static List<Range> SplitWithGaps(string text)
    {
        var ranges = new List<Range>();
        var links = Markup.Find(text);
        var steps = new ScanSteps(text.Length);
        var next = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            steps.At(i);
            while (next < links.Count && links[next].End <= i)
            {
                next++;
            }

            if (next < links.Count && links[next].Start <= i)
            {
                i = links[next].End - 1;
                continue;
            }

            if (!Ends(text, i, start))
            {
                continue;
            }

            var end = i + 1;
            while (
                end < text.Length
                && text[i] != '\n'
                && (IsTerminator(text[end]) || text[end] is '"' or '”' or '»' or ')' or '」' or '』' or '\'')
            )
            {
                end++;
            }

            while (end < text.Length && text[end] is ' ' or '\n' or '\t' or '\u3000')
            {
                end++;
            }

            ranges.Add(start..end);
            start = end;
            i = end - 1;
        }

        if (start < text.Length)
        {
            ranges.Add(start..text.Length);
        }

        return ranges;
    }

    /// <summary>Offsets of trimmed, non-empty sentences.</summary>
    public static IEnumerable<Range> Split(string text)
    {
        foreach (var range in SplitWithGaps(text))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            var end = start + length;
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            if (end > start)
            {
                yield return start..end;
            }
        }
    }

    /// <summary>The same text with lines joined where one plainly goes on in the next: no mark at its end, a small letter after it. Offsets
    /// stay.</summary>
    public static string Unwrap(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return text;
        }

        var output = text.ToCharArray();
        for (var i = 1; i < output.Length - 1; i++)
        {
            if (
                output[i] == '\n'
                && char.IsLower(output[i + 1])
                && (char.IsLetterOrDigit(output[i - 1]) || output[i - 1] is ',' or ' ' or '’' or '\'')
            )
            {
                output[i] = ' ';
            }
        }

        return new string(output);
    }

    /// <summary>
    /// Whether a range of <see cref="Split"/> is a whole sentence. In text wrapped at a fixed width a line end is no end: the sentence must
    /// close with a mark or before a blank line, and must not go on in small letters; the same at its beginning.
    /// </summary>
    public static bool IsWhole(string text, Range range)
    {
        var (start, length) = range.GetOffsetAndLength(text.Length);
        if (length == 0)
        {
            return false;
        }

        var end = start + length;
        var last = text[end - 1];
        var closes = IsTerminator(last) || (last is '"' or '”' or '»' or ')' or '」' or '』' && length > 1 && IsTerminator(text[end - 2]));
        var before = start;
        while (before > 0 && char.IsWhiteSpace(text[before - 1]))
        {
            before--;
        }

        var after = end;
        while (after < text.Length && char.IsWhiteSpace(text[after]))
        {
            after++;
        }

        var begins =
            before == 0 || IsTerminator(text[before - 1]) || Lines(text, before, start) > 1 || !char.IsLower(FirstLetter(text, start, end));
        return begins && (closes || after == text.Length || Lines(text, end, after) > 1);
    }

    private static int Lines(string text, int from, int to) => text.AsSpan(from, to - from).Count('\n');

    private static char FirstLetter(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (char.IsLetter(text[i]))
            {
                return text[i];
            }
        }

        return ' ';
    }

    private static bool IsTerminator(char c) => c is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '।' or '؟' or '‼' or '⁉';

    private static bool Ends(string text, int i, int start)
    {
        var c = text[i];
        if (c == '\n')
        {
            return true;
        }

        if (!IsTerminator(c))
        {
            return false;
        }

        if (c is not '.')
        {
            return true;
        }

        var next = i + 1 < text.Length ? text[i + 1] : ' ';
        // Arabic and its like have no capitals that would mark the next sentence, and no abbreviations with a stop inside.
        if (char.GetUnicodeCategory(next) == System.Globalization.UnicodeCategory.OtherLetter && i > start && char.IsLetter(text[i - 1]))
        {
            return true;
        }

        if (!char.IsWhiteSpace(next) && !char.IsUpper(next) && next is not ('"' or '”' or '»' or ')' or '.' or '\''))
        {
            return false;
        }

        var word = i;
        while (word > start && char.IsLetterOrDigit(text[word - 1]))
        {
            word--;
        }

        var last = text[word..i];
        // "J. Smith", "Dr. Who", "U.S."
        return !(last.Length == 1 && char.IsUpper(last[0]))
            && !Abbreviations.Contains(last)
            && !(last.Length > 0 && char.IsUpper(next) && last.All(char.IsUpper) && last.Length <= 2);
    }
}
