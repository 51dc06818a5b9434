using System.Text;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// The two notations of libpq, taken apart: <c>postgresql://…</c> and <c>host=… user=…</c>.
/// Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING. What a name means is <see cref="LibpqOptions"/>'.
/// Texts of exceptions name options and hosts, never values that may hold a password.
/// </summary>
internal static class LibpqAddress
{
    private const string Shape =
        "It looks like postgresql://name:password@host:5432/database; percent-encode special characters of the password.";

    public static bool IsUrl(string address) =>
        address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The options of a URL in the order in which they count: a later one replaces an earlier one of the same name.</summary>
    /// <exception cref="FormatException">The URL cannot be read, or names several hosts.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> FromUrl(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.IndexOfAny(['/', '?']);
        var authority = end < 0 ? rest : rest[..end];
        var path = end >= 0 && rest[end] == '/' ? rest[(end + 1)..] : "";
        var question = rest.IndexOf('?', Math.Max(end, 0));
        path = path.Split('?')[0];
        var options = new List<KeyValuePair<string, string>>();
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var login = authority[..at].Split(':', 2);
            Add(options, "user", login[0]);
            Add(options, "password", login.Length > 1 ? login[1] : "");
        }
        else if (end >= 0 && rest.IndexOf('@', end) >= 0 && authority.AsSpan().ContainsAny(':', ','))
        {
            // A password with "/" or "?" in it: what stands before is part of it, and nothing of it may be repeated.
            throw Unreadable();
        }

        AddHost(options, authority[(at + 1)..]);
        Add(options, "dbname", path);
        if (question >= 0)
        {
            foreach (var pair in rest[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = pair.Split('=', 2);
                var name = Decode(parts[0]);
                options.Add(
                    parts.Length > 1
                        ? new(name, Decode(parts[1]))
                        : throw new FormatException(
                            $"The database address holds the option {LibpqOptions.Printable(name)} without a value: name=value."
                        )
                );
            }
        }

        return options;
    }

    /// <summary>The options of a keyword string; null when the text is one in Npgsql's own notation, which separates by
    /// semicolons.</summary>
    /// <exception cref="FormatException">The text is a keyword string and cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>>? FromKeywords(string text)
    {
        var options = new List<KeyValuePair<string, string>>();
        var problem = Read(text, options);
        if (problem is null && options.Count > 1)
        {
            return options;
        }

        // One "name=value" is the same in both, and what has semicolons is Npgsql's.
        return text.AsSpan().Count('=') < 2 || text.Contains(';', StringComparison.Ordinal)
            ? null
            : throw new FormatException($"The database address {problem}");
    }

    private static string? Read(string text, List<KeyValuePair<string, string>> options)
    {
        for (var i = 0; i < text.Length; )
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var equals = text.IndexOf('=', i);
            if (equals < 0)
            {
                return "ends with a word that has no value: name=value, with a blank between two.";
            }

            var name = text[i..equals].TrimEnd();
            if (!LibpqOptions.Knows(name))
            {
                return LibpqOptions.NotUnderstood(name);
            }

            i = equals + 1;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (ReadValue(text, ref i) is not { } value)
            {
                return $"holds a value for {name} whose quotation mark is not closed.";
            }

            options.Add(new(name, value));
        }

        return null;
    }

    /// <summary>A value in single quotes or without, with backslash escapes; null when it does not end.</summary>
    private static string? ReadValue(string text, ref int i)
    {
        var isQuoted = i < text.Length && text[i] == '\'';
        var value = new StringBuilder();
        for (i += isQuoted ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                value.Append(text[++i]);
            }
            else if (isQuoted ? text[i] == '\'' : char.IsWhiteSpace(text[i]))
            {
                i += isQuoted ? 1 : 0;
                return isQuoted || value is not [.., ';'] ? value.ToString() : null;
            }
            else
            {
                value.Append(text[i]);
            }
        }

        return isQuoted || value is [.., ';'] ? null : value.ToString();
    }

    private static void AddHost(List<KeyValuePair<string, string>> options, string hosts)
    {
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            throw Several(Decode(hosts));
        }

        var bracket = hosts.StartsWith('[') ? hosts.IndexOf(']', StringComparison.Ordinal) : -1;
        if (hosts.StartsWith('[') && bracket < 0)
        {
            throw Unreadable();
        }

        var colon = hosts.IndexOf(':', bracket + 1);
        var host =
            bracket > 0 ? hosts[1..bracket]
            : colon < 0 ? hosts
            : hosts[..colon];
        if (bracket > 0 && bracket + 1 < hosts.Length && colon != bracket + 1)
        {
            throw Unreadable();
        }

        Add(options, "host", host);
        if (colon >= 0)
        {
            var port = hosts[(colon + 1)..];
            // No number: often the end of a password with an "@" or a colon in the wrong place.
            Add(options, "port", port.All(char.IsAsciiDigit) ? port : throw Unreadable());
        }
    }

    /// <summary>Several hosts are for clients that look for the primary themselves. Only what can be a host is named.</summary>
    internal static FormatException Several(string hosts) =>
        new(
            $"The database address names several hosts ({string.Join(" and ", hosts.Split(',').Select(HostName))}). "
                + "Give one: the primary, or the name that follows it."
        );

    private static string HostName(string host)
    {
        var name = host.StartsWith('[') ? host.Split(']')[0] + "]" : host.Split(':')[0];
        return name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or '[' or ']' or ':') ? name : "an unreadable name";
    }

    internal static FormatException Unreadable() => new("The database URL cannot be read. " + Shape);

    private static void Add(List<KeyValuePair<string, string>> options, string name, string encoded)
    {
        if (encoded.Length > 0)
        {
            options.Add(new(name, Decode(encoded)));
        }
    }

    private static string Decode(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (
                i + 2 >= text.Length
                || !char.IsAsciiHexDigit(text[i + 1])
                || !char.IsAsciiHexDigit(text[i + 2])
                || text.AsSpan(i + 1, 2) is "00"
            )
            {
                throw Unreadable();
            }
        }

        return Uri.UnescapeDataString(text);
    }
}
