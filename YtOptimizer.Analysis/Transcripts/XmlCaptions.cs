using System.Globalization;
using System.Net;
using System.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Subtitles in XML: TTML with its profiles (DFXP, IMSC, EBU-TT) and what YouTube itself hands out (srv1, srv2, srv3).</summary>
internal static class XmlCaptions
{
    private const int HeadLength = 4000;

    /// <summary>The name of the outermost element, when it is one that holds subtitles.</summary>
    public static string? Root(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] != '<')
        {
            return null;
        }

        var scanner = new MarkupScanner(start[..Math.Min(start.Length, HeadLength)].ToString());
        while (scanner.Next())
        {
            if (scanner.Kind == MarkupToken.Start)
            {
                return scanner.Name is "tt" or "timedtext" or "transcript" or "sami" ? scanner.Name : null;
            }

            if (scanner.Kind == MarkupToken.End || !string.IsNullOrWhiteSpace(scanner.Text))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>YouTube's forms: "text start dur" in seconds, "text t d" and "p t d" with words in "s", in milliseconds.</summary>
    public static List<Cue> ReadYouTube(string text)
    {
        var cues = new List<Cue>();
        var scanner = new MarkupScanner(text);
        var words = new StringBuilder();
        TimeSpan? start = null;
        TimeSpan? end = null;
        var inside = "";
        var escaped = false;
        while (scanner.Next())
        {
            if (scanner.Kind == MarkupToken.Text)
            {
                words.Append(inside.Length > 0 ? Characters(scanner) : "");
            }
            else if (scanner.Kind == MarkupToken.Start && scanner.Name is "p" or "text")
            {
                Close();
                escaped = scanner.Name == "text";
                start = Seconds(scanner.Attribute("start")) ?? Milliseconds(scanner.Attribute("t"));
                end = start + (Seconds(scanner.Attribute("dur")) ?? Milliseconds(scanner.Attribute("d")));
                inside = scanner.IsEmpty ? "" : scanner.Name;
            }
            else if (scanner.Kind == MarkupToken.Start && scanner.Name == "br")
            {
                words.Append('\n');
            }
            else if (scanner.Kind == MarkupToken.End && scanner.Name == inside)
            {
                Close();
            }
        }

        Close();
        return cues;

        void Close()
        {
            // The older forms hold escaped HTML: "&amp;#39;", "&lt;font color=…&gt;".
            var lines = escaped ? CueText.Lines(words.ToString(), isWebVtt: false) : CueText.Plain(words.ToString());
            if (lines.Count > 0)
            {
                cues.Add(new Cue(start, end, lines, HasInnerTimes: false));
            }

            words.Clear();
            inside = "";
        }
    }

    /// <summary>Words of a text token, references decoded.</summary>
    public static string Characters(MarkupScanner scanner) => scanner.IsLiteral ? scanner.Text : WebUtility.HtmlDecode(scanner.Text);

    private static TimeSpan? Seconds(string? value) =>
        value is { Length: < 20 }
        && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds < TimeScanner.MostHours * 3600.0
            ? TimeSpan.FromMilliseconds(Math.Round(seconds * 1000))
            : null;

    private static TimeSpan? Milliseconds(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < TimeScanner.MostHours * 3_600_000L
            ? TimeSpan.FromMilliseconds(ms)
            : null;
}
