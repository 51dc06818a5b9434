using System.Net;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>Decodes character references ("Tom&amp;#x27;s"), which search results and feeds leave in titles; links stay as they
/// are.</summary>
internal static class References
{
    public static string Decode(string text)
    {
        var mark = text.IndexOf('&', StringComparison.Ordinal);
        if (mark < 0 || text.IndexOf(';', mark) < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in Markup.Find(text))
        {
            if (span.Kind == MarkupKind.Link)
            {
                output.Append(WebUtility.HtmlDecode(text[position..span.Start])).Append(text, span.Start, span.Length);
                position = span.End;
            }
        }

        return output.Append(WebUtility.HtmlDecode(text[position..])).ToString();
    }
}
