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
            if (!text.AsSpan(0, colon).Equals("http", StringComparison.OrdinalIgnoreCase) && !text.AsSpan(0, colon).Equals("https", StringComparison.OrdinalIgnoreCase))
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

    public static string? Parameter(string query, string name)
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

    // What surrounds links in running text.
    public static string Trim(string text)
    {
        var trimmed = text.Trim().Trim('<', '"', '\'', '“', '”', '«', '»', '`').TrimStart('(', '[');
        return trimmed.TrimEnd(')', ']', '>', '.', ',', ';', '!', '/', ' ', '"', '\'');
    }
}
