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

    private static readonly string[] Bare = ["&amp", "&lt", "&gt", "&nbsp", "&quot", "&#39", "&#34", "&copy", "&reg"];

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
            WorkMeter.Count();
            if (TextCleaner.Tidy(WithoutSpeakerMark(line)) is { Length: > 0 } tidy)
            {
                lines.Add(tidy);
            }
        }

        return lines;
    }

    /// <summary>Joiners between character references ("&amp;#x1F469;" and another one) as references too, so that cleaning a file, which
    /// sees no emoji beside them, leaves them.</summary>
    public static string WithNamedJoiners(string text) =>
        text.Contains('&', StringComparison.Ordinal)
            ? text.Replace(";\u200D", ";&zwj;", StringComparison.Ordinal)
                .Replace("\u200D&", "&zwj;&", StringComparison.Ordinal)
                .Replace(";\u200C", ";&zwnj;", StringComparison.Ordinal)
                .Replace("\u200C&", "&zwnj;&", StringComparison.Ordinal)
            : text;

    /// <summary>The same for text whose markup has been read already.</summary>
    public static List<string> Plain(string text) =>
        [.. text.Split('\n').Select(line => TextCleaner.Tidy(TextCleaner.Clean(line))).Where(line => line.Length > 0)];

    /// <summary>Whether a cue shows its words one by one, as automatic captions do.</summary>
    public static bool HasInnerTimes(string raw)
    {
        for (var i = raw.IndexOf('<', StringComparison.Ordinal); i >= 0; i = raw.IndexOf('<', i + 1))
        {
            if (CueTags.TimeEnd(raw, i, isWebVtt: false) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// HTML's character references. Without the semicolon only the common ones and only where they end a word: "fish &amp;amp chips", not
    /// "&amp;amplifier".
    /// </summary>
    internal static string Decoded(string text)
    {
        var output = new StringBuilder(text.Length);
        var from = 0;
        for (var i = text.IndexOf('&', StringComparison.Ordinal); i >= 0; i = text.IndexOf('&', i + 1))
        {
            WorkMeter.Count();
            var name = Array.Find(Bare, bare => text.AsSpan(i).StartsWith(bare, StringComparison.Ordinal));
            if (name is not null && (i + name.Length == text.Length || !IsGoingOn(text[i + name.Length])))
            {
                output.Append(text, from, i + name.Length - from).Append(';');
                from = i + name.Length;
            }
        }

        return TextCleaner.Clean(WebUtility.HtmlDecode(output.Append(text, from, text.Length - from).ToString()));
    }

    private static bool IsGoingOn(char next) => next == ';' || char.IsLetterOrDigit(next);

    private static string WithoutTags(string raw, bool isWebVtt)
    {
        var output = new StringBuilder(raw.Length);
        var pairs = CueTags.Pairs(raw);
        for (var i = 0; i < raw.Length; )
        {
            WorkMeter.Count();
            var end = raw[i] == '<' ? CueTags.End(raw, i, isWebVtt, pairs) : 0;
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

    // {\an8}, {\pos(1,2)\fad(3,4)}, {y:i}; \N and \h are its line break and hard space.
    private static string WithoutOverrides(string text)
    {
        var output = new StringBuilder(text.Length);
        var steps = new ScanSteps(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            steps.At(i);
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
