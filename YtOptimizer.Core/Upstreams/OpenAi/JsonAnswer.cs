using System.Text;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Finds the JSON in what models write around it: thoughts, code fences, greetings, half an emoji, an end that is
/// missing.</summary>
public static partial class JsonAnswer
{
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>The first JSON object of an answer, closed where it was cut off; the answer itself when it holds none.</summary>
    public static string Of(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var text = Thoughts().Replace(answer, "");
        var thought = text.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        if (thought >= 0)
        {
            text = text[(thought + "</think>".Length)..];
        }

        var start = text.IndexOf('{', StringComparison.Ordinal);
        return start < 0 ? text : Closed(WithoutHalfSurrogates(text[start..]));
    }

    /// <summary>Escapes of half a surrogate pair ("\ud83d" alone) make JSON readers give up on the whole text.</summary>
    public static string WithoutHalfSurrogates(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Contains("\\u", StringComparison.Ordinal)
            ? HalfEscapes()
                .Replace(json, match => match.Groups["pair"].Success ? match.Value
                    : match.Groups["slash"].Success ? match.Value
                    : "")
            : json;
    }

    // Ends at the matching brace; what lacks its end loses the unfinished item and is closed.
    private static string Closed(string json)
    {
        var open = new Stack<char>();
        var (inText, escaped) = (false, false);
        var (whole, wholeDepth) = (0, Array.Empty<char>());
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (inText)
            {
                (inText, escaped) =
                    escaped ? (true, false)
                    : c == '\\' ? (true, true)
                    : (c != '"', false);
                continue;
            }

            switch (c)
            {
                case '"':
                    inText = true;
                    break;
                case '{' or '[':
                    open.Push(c == '{' ? '}' : ']');
                    break;
                case '}' or ']' when open.Count > 0:
                    open.Pop();
                    if (open.Count == 0)
                    {
                        return json[..(i + 1)];
                    }

                    (whole, wholeDepth) = (i + 1, [.. open]);
                    break;
                case ',':
                    (whole, wholeDepth) = (i, [.. open]);
                    break;
                default:
                    break;
            }
        }

        return whole == 0 ? json : new StringBuilder(json[..whole]).Append(wholeDepth).ToString();
    }

    [GeneratedRegex(
        "<think(?:ing)?>.*?</think(?:ing)?>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeoutMilliseconds
    )]
    private static partial Regex Thoughts();

    [GeneratedRegex(
        @"(?<slash>\\\\)|(?<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeoutMilliseconds
    )]
    private static partial Regex HalfEscapes();
}
