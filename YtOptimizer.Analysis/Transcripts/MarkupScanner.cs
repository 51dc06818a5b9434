using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

internal enum MarkupToken : byte
{
    Text,
    Start,
    End,
}

/// <summary>
/// Goes through subtitles in XML or SAMI tag by tag. It forgives what exporters get wrong (unclosed tags, bare ampersands) and knows
/// neither document types nor entities: a declaration is passed over, an unknown reference stays as it is written, so nothing can grow.
/// </summary>
internal sealed class MarkupScanner(string text)
{
    private const int LongestTag = 4000;

    /// <summary>What stands between tags is searched many characters at once.</summary>
    private const int StepsAtOnce = 64;

    private readonly HashSet<string> neverClosed = new(StringComparer.Ordinal);
    private int at;
    private int attributesFrom;
    private int attributesTo;

    public MarkupToken Kind { get; private set; }

    /// <summary>Of a tag, without prefix, in small letters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>"&lt;br/&gt;": no end follows.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Characters as written; <see cref="IsLiteral"/> tells whether references are still to be decoded.</summary>
    public string Text { get; private set; } = "";

    /// <summary>From a CDATA section.</summary>
    public bool IsLiteral { get; private set; }

    public bool Next()
    {
        while (at < text.Length)
        {
            WorkMeter.Count();
            if (text[at] == '<')
            {
                if (Skip("<!--", "-->") || Skip("<?", ">") || Declaration())
                {
                    continue;
                }

                if (Literal() || Tag())
                {
                    return true;
                }
            }

            var next = text.IndexOf('<', at + 1);
            var end = next < 0 ? text.Length : next;
            WorkMeter.Count((end - at) / StepsAtOnce);
            (Kind, Text, IsLiteral) = (MarkupToken.Text, text[at..end], false);
            at = end;
            return true;
        }

        return false;
    }

    /// <summary>The value of an attribute of the present tag, whatever its prefix; null when it has none.</summary>
    public string? Attribute(string name)
    {
        for (var i = attributesFrom; i < attributesTo; )
        {
            while (i < attributesTo && !IsOfName(text[i]))
            {
                i++;
            }

            var from = i;
            while (i < attributesTo && IsOfName(text[i]))
            {
                i++;
            }

            var found = Local(text.AsSpan(from, i - from));
            i = Blanks(i);
            if (i >= attributesTo || text[i] != '=')
            {
                continue;
            }

            i = Blanks(i + 1);
            var quote = i < attributesTo && text[i] is '"' or '\'' ? text[i] : '\0';
            from = quote == '\0' ? i : i + 1;
            i = from;
            while (i < attributesTo && (quote == '\0' ? !char.IsWhiteSpace(text[i]) : text[i] != quote))
            {
                i++;
            }

            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return text[from..i];
            }

            i++;
        }

        return null;
    }

    private static ReadOnlySpan<char> Local(ReadOnlySpan<char> name) => name[(name.LastIndexOf(':') + 1)..];

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is ':' or '_' or '-' or '.';

    private int Blanks(int i)
    {
        while (i < attributesTo && char.IsWhiteSpace(text[i]))
        {
            i++;
        }

        return i;
    }

    // What is never closed is looked for once: "<!--" a thousand times must not search the text a thousand times.
    private bool Skip(string open, string close)
    {
        if (!text.AsSpan(at).StartsWith(open, StringComparison.Ordinal) || neverClosed.Contains(close))
        {
            return false;
        }

        var end = text.IndexOf(close, at + open.Length, StringComparison.Ordinal);
        if (end < 0)
        {
            neverClosed.Add(close);
            return false;
        }

        WorkMeter.Count((end - at) / StepsAtOnce);
        at = end + close.Length;
        return true;
    }

    // "<!DOCTYPE tt [ <!ENTITY …> ]>"
    private bool Declaration()
    {
        if (
            !text.AsSpan(at).StartsWith("<!", StringComparison.Ordinal) || text.AsSpan(at).StartsWith("<![CDATA[", StringComparison.Ordinal)
        )
        {
            return false;
        }

        var head = text.AsSpan(at, Math.Min(LongestTag, text.Length - at));
        var close = head.IndexOf('>');
        return close >= 0 && head[..close].Contains('[') ? Skip("<!", "]>") || Skip("<!", ">") : Skip("<!", ">");
    }

    private bool Literal()
    {
        const string Open = "<![CDATA[";
        var from = at + Open.Length;
        if (!Skip(Open, "]]>"))
        {
            return false;
        }

        (Kind, Text, IsLiteral) = (MarkupToken.Text, text[from..(at - 3)], true);
        return true;
    }

    private bool Tag()
    {
        var isEnd = at + 1 < text.Length && text[at + 1] == '/';
        var from = isEnd ? at + 2 : at + 1;
        if (from >= text.Length || !(char.IsLetter(text[from]) || text[from] == '_'))
        {
            return false;
        }

        var i = from;
        while (i < text.Length && i - from < LongestTag && IsOfName(text[i]))
        {
            i++;
        }

        var name = Local(text.AsSpan(from, i - from)).ToString();
        var end = Close(i);
        WorkMeter.Count((end < 0 ? i : end) - at);
        if (end < 0)
        {
            return false;
        }

        (Kind, Name) = (isEnd ? MarkupToken.End : MarkupToken.Start, name.ToLowerInvariant());
        IsEmpty = text[end - 1] == '/';
        (attributesFrom, attributesTo) = (i, IsEmpty ? end - 1 : end);
        at = end + 1;
        return true;
    }

    /// <summary>Where the tag's "&gt;" stands, -1 when it has none.</summary>
    private int Close(int i)
    {
        var last = Math.Min(text.Length, i + LongestTag);
        var quote = '\0';
        for (; i < last; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' && text[i - 1] is '=' or ' ')
            {
                quote = c;
            }
            else if (c == '>')
            {
                return i;
            }
            else if (c == '<')
            {
                return -1;
            }
        }

        return -1;
    }
}
