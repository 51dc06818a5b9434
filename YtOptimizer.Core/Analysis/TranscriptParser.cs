using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Analysis;

/// <summary>Reads what creators paste: plain text, SubRip (SRT), WebVTT. Never throws; what has no cue times is plain text.</summary>
public static partial class TranscriptParser
{
    public static Transcript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var segments = new List<TranscriptSegment>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (CueTimes().Match(lines[i]) is not { Success: true } cue)
            {
                continue;
            }

            var words = new StringBuilder();
            while (i + 1 < lines.Length && lines[i + 1].Trim().Length > 0 && !CueTimes().IsMatch(lines[i + 1]))
            {
                words.Append(words.Length > 0 ? " " : "").Append(lines[++i].Trim());
            }

            var spoken = WebUtility.HtmlDecode(Tags().Replace(words.ToString(), "")).Trim();
            var (start, end) = (TimeOf(cue, "from"), TimeOf(cue, "to"));
            // Automatic captions repeat the line before in every cue.
            if (spoken.Length > 0 && end >= start && (segments.Count == 0 || segments[^1].Text != spoken))
            {
                segments.Add(new TranscriptSegment(start, end, spoken));
            }
        }

        return segments.Count > 0 ? Transcript.FromSegments([.. segments.OrderBy(segment => segment.Start)]) : Transcript.FromText(text.Trim());
    }

    private static TimeSpan TimeOf(Match cue, string name)
    {
        var parts = cue.Groups[name].Value.Replace(',', '.').Split(':', '.');
        var hours = parts.Length == 4 ? Number(parts[0]) : 0;
        return new TimeSpan(0, hours, Number(parts[^3]), Number(parts[^2]), Number(parts[^1].PadRight(3, '0')));
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<from>([0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3})\s*-->\s*(?<to>([0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CueTimes();

    [GeneratedRegex("<[^<>]{1,80}>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tags();
}
