using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Which "&lt;…&gt;" in a cue is a tag. Names of WebVTT and HTML are; others in WebVTT, or where they are opened and closed in one
/// cue.</summary>
internal static class CueTags
{
    private const int LongestTag = 400;

    private static readonly HashSet<string> Tags = new(StringComparer.OrdinalIgnoreCase)
    {
        "b",
        "i",
        "u",
        "s",
        "c",
        "v",
        "em",
        "strong",
        "font",
        "lang",
        "ruby",
        "rt",
        "rp",
        "span",
        "p",
        "div",
        "br",
        "sub",
        "sup",
        "tt",
        "small",
        "big",
        "strike",
        "body",
        "html",
        "sync",
    };

    private static readonly HashSet<string> WebVttTags = new(StringComparer.Ordinal) { "b", "i", "u", "c", "v", "lang", "ruby", "rt" };

    /// <summary>Names that are opened and later closed.</summary>
    public static HashSet<string> Pairs(string raw)
    {
        var opened = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pairs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = raw.IndexOf('<', StringComparison.Ordinal); i >= 0; i = raw.IndexOf('<', i + 1))
        {
            WorkMeter.Count();
            var isEnd = i + 1 < raw.Length && raw[i + 1] == '/';
            var from = isEnd ? i + 2 : i + 1;
            var name = raw[from..NameEnd(raw, from)];
            if (name.Length > 0 && char.IsAsciiLetter(name[0]))
            {
                if (!isEnd)
                {
                    opened.Add(name);
                }
                else if (opened.Contains(name))
                {
                    pairs.Add(name);
                }
            }
        }

        return pairs;
    }

    /// <summary>Where the time tag that starts here ends ("&lt;00:00:01.500&gt;"), 0 when this is none.</summary>
    public static int TimeEnd(string raw, int start, bool isWebVtt)
    {
        var from = Blanks(raw, start + 1);
        var i = from;
        while (i < raw.Length && (char.IsAsciiDigit(raw[i]) || raw[i] is ':' or '.' or ','))
        {
            i++;
        }

        if (i == from || !char.IsAsciiDigit(raw[from]) || !raw.AsSpan(from, i - from).Contains(':'))
        {
            return 0;
        }

        var end = Blanks(raw, i);
        return end < raw.Length && raw[end] == '>' ? end + 1
            : isWebVtt && MayBreakOff(raw, start) ? i
            : 0;
    }

    /// <summary>Where the tag that starts here ends (behind its "&gt;"), 0 when this is no tag.</summary>
    public static int End(string raw, int start, bool isWebVtt, HashSet<string> pairs)
    {
        if (TimeEnd(raw, start, isWebVtt) is > 0 and var time)
        {
            return time;
        }

        var from = start + 1 < raw.Length && raw[start + 1] == '/' ? start + 2 : start + 1;
        var i = NameEnd(raw, from);
        var name = raw[from..i];
        var isOfWebVtt = WebVttTags.Contains(name);
        var isPair = pairs.Contains(name);
        var end = Close(raw, start, i);
        if (end == 0)
        {
            // WebVTT lets a tag that is not closed swallow the rest; here only its name goes, the words stay.
            return isWebVtt && isOfWebVtt && MayBreakOff(raw, start) ? ClassesEnd(raw, i) : 0;
        }

        var inside = raw.AsSpan(i, end - 1 - i);
        if (!Tags.Contains(name) && !isPair)
        {
            return isWebVtt && IsUnknownTag(name, inside) ? end : 0;
        }

        // <v Roger>, <lang en>, <c.yellow>; other tags hold attributes or nothing, so that "a<b or c>" stays.
        var isFree =
            isPair
            || (isWebVtt && isOfWebVtt && MayBreakOff(raw, start))
            || name is "c" or "v" or "C" or "V"
            || name.Equals("lang", StringComparison.OrdinalIgnoreCase);
        return isFree || inside.Contains('=') || inside.Trim(" /").IsEmpty || inside[0] is '.' or '/' ? end : 0;
    }

    // Every "<…>" is a tag there; only what has blanks in it, and links, may be words.
    private static bool IsUnknownTag(string name, ReadOnlySpan<char> inside) =>
        name.Length == 0
            ? inside.IsEmpty || inside[0] == '.'
            : inside.IsEmpty
                || inside[0] == '.'
                || inside.Contains('=')
                || (!inside.ContainsAny(' ', '\n', '\t') && !inside.StartsWith("://", StringComparison.Ordinal) && !inside.Contains('@'));

    private static bool MayBreakOff(string raw, int start) => start == 0 || raw[start - 1] is ' ' or '\n' or '>';

    private static int Close(string raw, int start, int i)
    {
        var last = Math.Min(raw.Length, start + LongestTag);
        while (i < last && raw[i] is not ('>' or '<'))
        {
            i++;
        }

        WorkMeter.Count(i - start);
        return i < last && raw[i] == '>' ? i + 1 : 0;
    }

    private static int ClassesEnd(string raw, int i)
    {
        while (
            i < raw.Length && raw[i] is not (' ' or '\n' or '<') && (raw[i] == '.' || char.IsLetterOrDigit(raw[i]) || raw[i] is '_' or '-')
        )
        {
            i++;
        }

        return i;
    }

    private static int NameEnd(string raw, int i)
    {
        while (i < raw.Length && (char.IsAsciiLetterOrDigit(raw[i]) || raw[i] is '_' or '-'))
        {
            i++;
        }

        return i;
    }

    private static int Blanks(string raw, int i)
    {
        while (i < raw.Length && raw[i] is ' ' or '\t')
        {
            i++;
        }

        return i;
    }
}
