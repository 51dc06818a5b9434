using System.Globalization;
using System.Text;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Takes links apart without <see cref="Uri"/>, which normalises what must be refused.</summary>
internal static class VideoLink
{
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
        host = text[start..end].ToLowerInvariant().TrimEnd('.');
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
        var trimmed = text.Trim().Trim('<', '"', '\'', '“', '”', '«', '»', '`').TrimStart('(', '[');
        return trimmed.TrimEnd(')', ']', '>', '.', ',', ';', '!', '/', ' ', '"', '\'', '%');
    }

    /// <summary>Without what nobody sees and no link holds: byte order marks, zero-width and direction characters of chats and word
    /// processors.</summary>
    public static string Visible(string text)
    {
        StringBuilder? output = null;
        for (var i = 0; i < text.Length; i++)
        {
            var hidden = IsInvisible(text[i]);
            if (hidden)
            {
                output ??= new StringBuilder(text, 0, i, text.Length);
            }
            else
            {
                output?.Append(text[i]);
            }
        }

        return output?.ToString() ?? text;
    }

    /// <summary>Where a word of running text ends: blanks of every kind, quotation marks, brackets, and anything that no link holds
    /// unencoded.</summary>
    public static string[] Words(string text)
    {
        var words = text.ToCharArray();
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

    private static bool IsInvisible(char c) =>
        c is '\u034F' or '\u115F' or '\u1160' or '\u3164' or (>= '\uFE00' and <= '\uFE0F') or '\uFFFC'
        || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

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
