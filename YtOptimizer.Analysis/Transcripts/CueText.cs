using System.Net;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// The words of a cue: without tags, style overrides and speaker marks, character references decoded. Only what is a tag is taken for one:
/// "&lt;3", "a &lt; b" and, outside WebVTT, "&lt;Enter&gt;" are words. (The WebVTT specification lets any "&lt;" swallow the rest; we
/// differ on purpose.)
/// </summary>
internal static class CueText
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

    private static readonly HashSet<string> Parting = new(StringComparer.OrdinalIgnoreCase) { "br", "p", "div" };

    /// <summary>Non-empty lines, each with single spaces.</summary>
    public static List<string> Lines(string raw, bool isWebVtt)
    {
        var text = raw.Contains('<', StringComparison.Ordinal) ? WithoutTags(raw, isWebVtt) : raw;
        text =
            text.Contains('{', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) ? WithoutOverrides(text) : text;
        text = text.Contains('&', StringComparison.Ordinal) ? Decoded(text) : text;
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (TextCleaner.Tidy(WithoutSpeakerMark(line)) is { Length: > 0 } tidy)
            {
                lines.Add(tidy);
            }
        }

        return lines;
    }

    /// <summary>Whether a cue shows its words one by one, as automatic captions do.</summary>
    public static bool HasInnerTimes(string raw)
    {
        for (var i = raw.IndexOf('<', StringComparison.Ordinal); i >= 0; i = raw.IndexOf('<', i + 1))
        {
            if (i + 1 < raw.Length && char.IsAsciiDigit(raw[i + 1]) && TagEnd(raw, i, isWebVtt: false) > 0)
            {
                return true;
            }
        }

        return false;
    }

    // HTML's references; the most common ones also without their semicolon, as HTML reads them.
    private static string Decoded(string text)
    {
        foreach (
            var (bare, full) in new[] { ("&amp", "&amp;"), ("&lt", "&lt;"), ("&gt", "&gt;"), ("&nbsp", "&nbsp;"), ("&quot", "&quot;") }
        )
        {
            if (text.Contains(bare, StringComparison.Ordinal))
            {
                text = text.Replace(full, bare, StringComparison.Ordinal).Replace(bare, full, StringComparison.Ordinal);
            }
        }

        return TextCleaner.Clean(WebUtility.HtmlDecode(text));
    }

    private static string WithoutTags(string raw, bool isWebVtt)
    {
        var output = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; )
        {
            var end = raw[i] == '<' ? TagEnd(raw, i, isWebVtt) : 0;
            if (end == 0)
            {
                output.Append(raw[i++]);
                continue;
            }

            // <br> and <p> part words; <i> does not.
            if (Parting.Contains(raw[(i + 1)..(end - 1)].Trim('/', ' ').Split(' ')[0]))
            {
                output.Append('\n');
            }

            i = end;
        }

        return output.ToString();
    }

    /// <summary>Where the tag that starts here ends (behind its "&gt;"), 0 when this is no tag.</summary>
    private static int TagEnd(string raw, int start, bool isWebVtt)
    {
        var i = start + 1;
        if (i < raw.Length && char.IsAsciiDigit(raw[i]))
        {
            while (i < raw.Length && (char.IsAsciiDigit(raw[i]) || raw[i] is ':' or '.' or ','))
            {
                i++;
            }

            return i < raw.Length && raw[i] == '>' && raw.AsSpan(start, i - start).Contains(':') ? i + 1 : 0;
        }

        if (i < raw.Length && raw[i] == '/')
        {
            i++;
        }

        var name = i;
        while (i < raw.Length && char.IsAsciiLetterOrDigit(raw[i]))
        {
            i++;
        }

        if (isWebVtt ? i == name && !(i < raw.Length && raw[i] is '>' or '.') : !Tags.Contains(raw[name..i]))
        {
            return 0;
        }

        // <v Roger>, <lang en>, <c.yellow>; other tags hold attributes or nothing, so that "a<b or c>" stays.
        var free =
            i - name is 1 && raw[name] is 'c' or 'v' or 'C' or 'V'
            || raw.AsSpan(name, i - name).Equals("lang", StringComparison.OrdinalIgnoreCase);
        var last = Math.Min(raw.Length, start + LongestTag);
        var rest = i;
        var attribute = false;
        while (i < last && raw[i] is not ('>' or '<'))
        {
            attribute |= raw[i] == '=';
            i++;
        }

        return
            i < last
            && raw[i] == '>'
            && (free || attribute || i == rest || raw[rest] is '.' or '/' || raw.AsSpan(rest, i - rest).Trim(" /").IsEmpty)
            ? i + 1
            : 0;
    }

    // {\an8}, {\pos(1,2)\fad(3,4)}, {y:i}; \N and \h are its line break and hard space.
    private static string WithoutOverrides(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && i + 2 < text.Length && (text[i + 1] == '\\' || (char.IsAsciiLetter(text[i + 1]) && text[i + 2] == ':')))
            {
                var window = text.AsSpan(i, Math.Min(LongestTag, text.Length - i));
                if (window.IndexOf('}') is var close and > 0)
                {
                    i += close;
                    continue;
                }
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is 'N' or 'h' && (i == 0 || text[i - 1] != ':'))
            {
                output.Append(' ');
                i++;
                continue;
            }

            output.Append(text[i]);
        }

        return output.ToString();
    }

    // ">> " marks a change of speaker in broadcast captions.
    private static string WithoutSpeakerMark(string line)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith(">>", StringComparison.Ordinal) ? text.TrimStart('>').ToString() : line;
    }
}
