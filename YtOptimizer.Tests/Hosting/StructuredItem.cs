using System.Globalization;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Reads one item of a structured field (RFC 9651): a quoted string with integer parameters, as the RateLimit fields are.
/// Strict.</summary>
internal static class StructuredItem
{
    /// <exception cref="FormatException">The text is no such item.</exception>
    public static (string Name, Dictionary<string, long> Parameters) Parse(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text.IndexOf('"', 1) is not (> 0 and var end))
        {
            throw new FormatException($"No string: {text}");
        }

        var name = text[1..end];
        if (name.Any(c => c is < ' ' or > '~' or '\\'))
        {
            throw new FormatException($"Not the characters of a string: {text}");
        }

        var parameters = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var at = end + 1; at < text.Length; )
        {
            if (text[at++] != ';')
            {
                throw new FormatException($"No parameter at {at - 1}: {text}");
            }

            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            var stop = text.IndexOf(';', at) is > 0 and var next ? next : text.Length;
            var pair = text[at..stop].Split('=');
            if (
                pair.Length != 2
                || pair[0].Length == 0
                || !pair[0].All(char.IsAsciiLetterLower)
                || pair[1].Length > 15
                || !long.TryParse(pair[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            )
            {
                throw new FormatException($"No integer parameter: {text[at..stop]}");
            }

            parameters[pair[0]] = value;
            at = stop;
        }

        return (name, parameters);
    }
}
