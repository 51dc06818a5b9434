using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Takes links apart without <see cref="Uri"/>, which normalises what must be refused.</summary>
internal static partial class VideoLink
{
    private const int TimeoutMilliseconds = 1000;

    // What people put before a link, or between it and its label.
    private static readonly char[] Marks = [.. "~_*#-+=:;,.!^"];

    // scheme://host/rest, //host/rest or host/rest. False with None: not a link at all.
    public static bool SplitHost(string text, out string host, out string rest, out VideoReferenceError error)
    {
        host = rest = "";
        error = VideoReferenceError.None;
        var start = 0;
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon > 0 && text.AsSpan(0, colon).IndexOfAny("/?#.") < 0)
        {
            if (
                !text.AsSpan(0, colon).Equals("http", StringComparison.OrdinalIgnoreCase)
                && !text.AsSpan(0, colon).Equals("https", StringComparison.OrdinalIgnoreCase)
            )
            {
                error = VideoReferenceError.NotAReference;
                return false;
            }

            start = colon + 3;
        }
        else if (text.StartsWith("//", StringComparison.Ordinal))
        {
            start = 2;
        }
        else if (!text.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        var end = text.AsSpan(start).IndexOfAny("/?#");
        end = end < 0 ? text.Length : start + end;
        host = text[start..end].ToLowerInvariant();
        host = (
            host.EndsWith(":443", StringComparison.Ordinal) ? host[..^4]
            : host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3]
            : host
        ).TrimEnd('.');
        rest = text[end..];
        if (host.Contains('@', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal))
        {
            error = VideoReferenceError.CredentialsOrPort;
            return false;
        }

        if (start == 0 && !host.Contains('.', StringComparison.Ordinal))
        {
            error = VideoReferenceError.NotAReference;
            return false;
        }

        return true;
    }

    /// <summary>Whether a word of running text can be a link to YouTube: a name with a dot, or an app's link.</summary>
    public static bool MayLead(string word) =>
        word.Contains(".ytimg.", StringComparison.OrdinalIgnoreCase)
        || (word.Contains("youtu", StringComparison.OrdinalIgnoreCase) && word.AsSpan().ContainsAny('.', ':'));

    /// <summary>Whether the text begins with a scheme that leads to no page ("javascript:", "data:", "ftp://"): whatever links stand behind
    /// it are part of that address or program.</summary>
    public static bool HasOtherScheme(string text) => OtherScheme().IsMatch(text);

    /// <summary>Whether links stand side by side without a blank.</summary>
    public static bool IsGlued(string text) => Glued().IsMatch(text);

    /// <summary>Without the marks and the label in front of a link: "src=https://…", "Link:youtu.be/…", "~~Video-2:youtu.be/…". What may
    /// be an account or a host before its port ("user@host:80") stays.</summary>
    public static string WithoutLabel(string word)
    {
        word = word.TrimStart(Marks);
        var start = word.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (start > 1 && word[start - 1] is '=' or ':' && !word.AsSpan(0, start).ContainsAny("/?"))
        {
            return word[start..];
        }

        var sign = word.AsSpan().IndexOfAny(':', '=');
        return
            sign > 0
            && !word.AsSpan(0, sign).ContainsAny("/?.@&")
            && !RelativePath().IsMatch(word)
            && word.AsSpan(sign + 1).TrimStart(Marks) is [not ('/' or (>= '0' and <= '9')), ..] rest
            && rest.Contains('.')
            ? WithoutLabel(rest.ToString())
            : word;
    }

    /// <summary>Slips of hand in front of the host ("https:/www", "hhttps://", "https://https://"), Android's intents and paths of YouTube
    /// alone.</summary>
    public static string WithScheme(string text)
    {
        if (text.StartsWith("intent://", StringComparison.OrdinalIgnoreCase))
        {
            return "https" + text[6..];
        }

        if (RelativePath().IsMatch(text))
        {
            return "https://www.youtube.com/"
                + (
                    text[0] == '/' ? text[1..]
                    : text[0] == 'v' ? "?" + text
                    : text
                );
        }

        return Scheme().Match(text) is { Success: true } found ? "https://" + text[found.Length..] : text;
    }

    /// <summary>Path segments, query and fragment of what follows the host; a query that was percent-encoded as a whole ("watch%3Fv%3D…")
    /// is decoded.</summary>
    public static (string[] Path, string Query, string Fragment) SplitPath(string rest)
    {
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        var before = fragment < 0 ? rest : rest[..fragment];
        if (!before.Contains('?', StringComparison.Ordinal) && before.Contains("%3F", StringComparison.OrdinalIgnoreCase))
        {
            before = Uri.UnescapeDataString(before);
        }

        var question = before.IndexOf('?', StringComparison.Ordinal);
        var path = (question < 0 ? before : before[..question]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = question < 0 ? "" : before[(question + 1)..];
        // "/watch&v=…" and "#!v=…" are old or broken forms that still occur.
        if (path.Length > 0 && path[^1].IndexOf('&', StringComparison.Ordinal) is var mark and > 0)
        {
            query = path[^1][(mark + 1)..] + "&" + query;
            path[^1] = path[^1][..mark];
        }

        return (path, query, fragment < 0 ? "" : rest[(fragment + 1)..]);
    }

    public static string? Parameter(string query, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            // "v%3DID": some apps encode the equals sign too.
            if (
                (
                    Find(query, name)
                    ?? (query.Contains("%3D", StringComparison.OrdinalIgnoreCase) ? Find(Uri.UnescapeDataString(query), name) : null)
                ) is
                { } value
            )
            {
                return value;
            }
        }

        return null;
    }

    // What surrounds links in running text.
    public static string Trim(string text)
    {
        var trimmed = text.Trim().Trim('<', '"', '\'', '“', '”', '„', '«', '»', '`', '*', '~').TrimStart('(', '[');
        return trimmed.TrimEnd(')', ']', '>', '.', ',', ';', ':', '!', '/', ' ', '"', '\'', '%', '\\', '|', '}');
    }

    /// <summary>
    /// Without what nobody sees and no link holds (byte order marks, zero-width and direction characters of chats and word processors,
    /// controls), full-width characters as ASCII, and slashes without the backslash that JSON and JavaScript put before them.
    /// </summary>
    public static string Visible(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            {
                output.Append((char)(rune.Value - 0xFF01 + '!'));
            }
            else if (!IsInvisible(rune))
            {
                output.Append(rune);
            }
        }

        return output.Replace("\\/", "/").ToString();
    }

    /// <summary>Where a word of running text ends: blanks of every kind, quotation marks, brackets, and anything that no link holds
    /// unencoded.</summary>
    public static string[] Words(string text)
    {
        var words = Glued().Replace(text, " ").ToCharArray();
        for (var i = 0; i < words.Length; i++)
        {
            if (
                words[i] > '~'
                || char.IsWhiteSpace(words[i])
                || words[i] is '"' or '\'' or '<' or '>' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '`' or '*'
            )
            {
                words[i] = ' ';
            }
        }

        return new string(words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsInvisible(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control && !Rune.IsWhiteSpace(rune))
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x180B
                or 0x180C
                or 0x180D
                or 0x180F
                or 0x2800
                or 0x3164
                or 0xFFA0
                or 0xFFFC
                or 0xFFFD
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0100 and <= 0xE01EF);

    // "…/IDhttps://…": two links without a blank between them.
    [GeneratedRegex(@"(?<=[\w,;.-])(?=https?://)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Glued();

    // A named scheme is one without slashes, too; any other word only before "://".
    [GeneratedRegex(
        @"^[<(\[""'`]*(?:(?:javascript|vbscript|livescript|blob|mailto|tel|sms|filesystem|jar)\s{0,8}:(?=\S)|data:(?:,|[a-z]+/)|"
            + @"(?!(?:h{0,2}ttps?|intent|youtube|vnd\.youtube(?:\.launch)?):)[a-z][a-z0-9+.-]{1,30}://)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeoutMilliseconds
    )]
    private static partial Regex OtherScheme();

    [GeneratedRegex(
        @"^(?:h{0,2}ttps?(?::/{0,4}|/{2,4})|://)(?:h{1,2}ttps?:/{0,4})*(?=[a-z0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeoutMilliseconds
    )]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"^(?:/?(?:watch)?\?|/(?:shorts|embed|live|v)/|v=)[A-Za-z0-9_=&%.-]{11}",
        RegexOptions.CultureInvariant,
        TimeoutMilliseconds
    )]
    private static partial Regex RelativePath();

    private static string? Find(string query, string name)
    {
        foreach (var pair in query.Split('&', ';'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(0, equals).Equals(name, StringComparison.Ordinal) && equals + 1 < pair.Length)
            {
                return Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }
}
