using System.Buffers;

namespace YtOptimizer.Analysis.Text;

internal enum MarkupKind : byte
{
    Link,
    Email,
    Mention,
    TimeStamp,
    Placeholder,
    Hashtag,
}

internal readonly record struct MarkupSpan(int Start, int Length, MarkupKind Kind)
{
    public int End => Start + Length;
}

/// <summary>Finds the parts of a text that are not prose, in one linear pass: links, addresses, mentions, time stamps, hashtags.</summary>
internal static class Markup
{
    // None of them is without one of these.
    private static readonly SearchValues<char> Signs = SearchValues.Create(".:@#＃[");

    // Looked through at once; a longer text is read step by step, so that it can be cancelled.
    private const int Short = 4096;

    private static readonly string[] Schemes = ["https://", "http://", "www."];

    // Bare links ("bit.ly/abc") need one of these before the slash.
    private static readonly HashSet<string> BareTopLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        "com",
        "net",
        "org",
        "tv",
        "gg",
        "ly",
        "be",
        "me",
        "co",
        "io",
        "jp",
        "kr",
        "ru",
        "br",
        "de",
        "fr",
        "gl",
        "tk",
        "to",
        "fm",
        "us",
        "uk",
        "in",
        "es",
        "mx",
        "it",
        "info",
        "app",
        "link",
    };

    private static readonly string[] Placeholders = ["[email]", "[phone]", "[number]", "[handle]", "[profile]"];

    /// <summary>Whether it ends the host of many links ("com").</summary>
    public static bool IsTopLevel(string label) => BareTopLevels.Contains(label);

    public static List<MarkupSpan> Find(string text)
    {
        var spans = new List<MarkupSpan>();
        if (text.Length <= Short && !text.AsSpan().ContainsAny(Signs))
        {
            WorkMeter.Count(text.Length);
            return spans;
        }

        var noHostBefore = 0;
        var steps = new ScanSteps(text.Length);
        for (var i = 0; i < text.Length; )
        {
            steps.At(i);
            var span = At(text, i, ref noHostBefore);
            if (span is { } found)
            {
                spans.Add(found);
                i = found.End;
            }
            else
            {
                i++;
            }
        }

        return spans;
    }

    /// <summary>The links as written, in order.</summary>
    public static IEnumerable<string> Links(string text) =>
        Find(text).Where(span => span.Kind is MarkupKind.Link).Select(span => text.Substring(span.Start, span.Length));

    public static bool HasLink(string text) => Find(text).Exists(span => span.Kind is MarkupKind.Link or MarkupKind.Email);

    /// <summary>Reads mm:ss or h:mm:ss at an offset.</summary>
    public static bool TryReadTime(string text, int start, out int length, out TimeSpan time)
    {
        time = default;
        length = 0;
        Span<int> parts = stackalloc int[3];
        var count = 0;
        var i = start;
        while (count < 3)
        {
            var value = 0;
            var digits = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]) && digits < 3)
            {
                value = (value * 10) + (text[i] - '0');
                digits++;
                i++;
            }

            if (digits == 0 || (count > 0 && digits != 2) || (i < text.Length && char.IsAsciiDigit(text[i])))
            {
                break;
            }

            parts[count++] = value;
            length = i - start;
            if (i + 1 >= text.Length || text[i] != ':' || !char.IsAsciiDigit(text[i + 1]))
            {
                break;
            }

            i++;
        }

        if (count < 2 || parts[1] > 59 || (count == 3 && parts[2] > 59))
        {
            return false;
        }

        time = count == 2 ? new TimeSpan(0, parts[0], parts[1]) : new TimeSpan(parts[0], parts[1], parts[2]);
        return true;
    }

    private static MarkupSpan? At(string text, int i, ref int noHostBefore)
    {
        var c = text[i];
        switch (c)
        {
            case '[':
                return Placeholder(text, i) is var p and > 0 ? new MarkupSpan(i, p, MarkupKind.Placeholder) : null;
            case '@':
                return Mention(text, i);
            case '#' or '＃':
                return HashtagEnd.LengthOf(text, i) is var h and > 0 ? new MarkupSpan(i, h, MarkupKind.Hashtag) : null;
        }

        if (!char.IsAsciiLetterOrDigit(c))
        {
            return null;
        }

        var startsWord = i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1]);
        if (c is 'h' or 'H' or 'w' or 'W')
        {
            // Also in the middle of a word: sources that lost their line breaks glue links to words.
            foreach (var scheme in Schemes)
            {
                if ((startsWord || scheme[0] == 'h') && text.AsSpan(i).StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                {
                    return new MarkupSpan(i, LinkEnd.LengthOf(text, i), MarkupKind.Link);
                }
            }
        }

        if (!startsWord)
        {
            return null;
        }

        if (char.IsAsciiDigit(c) && TryReadTime(text, i, out var timeLength, out _))
        {
            return new MarkupSpan(i, timeLength, MarkupKind.TimeStamp);
        }

        return i < noHostBefore ? null : HostLike(text, i, ref noHostBefore);
    }

    /// <summary>
    /// An e-mail address or a bare link that starts here. When there is none, there is none either at the other word starts up to
    /// <paramref name="noHostBefore"/>, so that "a.a.a.…" is read once and not from every letter.
    /// </summary>
    private static MarkupSpan? HostLike(string text, int start, ref int noHostBefore)
    {
        var i = start;
        var lastDot = -1;
        var at = -1;
        var steps = default(RunSteps);
        while (
            i < text.Length
            && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or '_' or '+' or '%' || (text[i] == '@' && at < 0))
        )
        {
            if (text[i] == '.')
            {
                lastDot = i;
            }
            else if (text[i] == '@')
            {
                at = i;
            }

            i++;
            steps.Grow(i - start);
        }

        steps.End(i - start);

        if (at > start && lastDot > at + 1 && lastDot < i - 1)
        {
            return new MarkupSpan(start, i - start, MarkupKind.Email);
        }

        if (at < 0 && lastDot > start && i < text.Length && text[i] == '/' && BareTopLevels.Contains(text[(lastDot + 1)..i]))
        {
            return new MarkupSpan(start, LinkEnd.LengthOf(text, start), MarkupKind.Link);
        }

        noHostBefore = at < 0 ? i : at + 1;
        return null;
    }

    internal static int Placeholder(string text, int start)
    {
        foreach (var placeholder in Placeholders)
        {
            if (text.AsSpan(start).StartsWith(placeholder, StringComparison.Ordinal))
            {
                return placeholder.Length;
            }
        }

        return 0;
    }

    private static MarkupSpan? Mention(string text, int start)
    {
        if (start + 1 >= text.Length)
        {
            return null;
        }

        if (text[start + 1] == '[' && Placeholder(text, start + 1) is var p and > 0)
        {
            return new MarkupSpan(start, p + 1, MarkupKind.Mention);
        }

        var i = start + 1;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '-'))
        {
            i++;
        }

        return i > start + 1 ? new MarkupSpan(start, i - start, MarkupKind.Mention) : null;
    }
}
