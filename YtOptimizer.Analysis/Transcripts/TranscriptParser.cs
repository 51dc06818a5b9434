using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Reads transcripts: SubRip (.srt), WebVTT (.vtt, also YouTube's rolling captions) or plain text.</summary>
public static class TranscriptParser
{
    private const int MaxSegments = 20_000;

    /// <summary>Timed when the text holds cue times, plain otherwise. Never throws on odd input.</summary>
    public static Transcript Parse(string text)
    {
        var clean = TextCleaner.Clean(text);
        var segments = Cues(clean.Split('\n'));
        return segments.Count > 0 ? Transcript.FromSegments(segments) : Transcript.FromText(TextCleaner.Tidy(StripTags(clean)));
    }

    private static List<TranscriptSegment> Cues(string[] lines)
    {
        var segments = new List<TranscriptSegment>();
        var previous = "";
        for (var i = 0; i < lines.Length && segments.Count < MaxSegments; i++)
        {
            if (!TryReadCue(lines[i], out var start, out var end))
            {
                continue;
            }

            var body = new StringBuilder();
            while (i + 1 < lines.Length && lines[i + 1].Trim().Length > 0 && !TryReadCue(lines[i + 1], out _, out _))
            {
                i++;
                // A bare number before the next cue is its counter, not speech.
                if (i + 1 < lines.Length && IsCounter(lines[i]) && TryReadCue(lines[i + 1], out _, out _))
                {
                    break;
                }

                var line = TextCleaner.Tidy(StripTags(lines[i]));
                // Rolling captions repeat the line before.
                if (line.Length > 0 && line != previous)
                {
                    body.Append(body.Length > 0 ? " " : "").Append(line);
                    previous = line;
                }
            }

            if (body.Length > 0 && end > start)
            {
                segments.Add(new TranscriptSegment(start, end, body.ToString()));
            }
        }

        segments.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return segments;
    }

    private static bool IsCounter(string line) => line.Trim() is { Length: > 0 and < 7 } text && text.All(char.IsAsciiDigit);

    private static bool TryReadCue(string line, out TimeSpan start, out TimeSpan end)
    {
        start = end = default;
        var arrow = line.IndexOf("-->", StringComparison.Ordinal);
        return arrow > 0 && TryReadTime(line[..arrow].Trim(), out start) && TryReadTime(FirstWord(line[(arrow + 3)..]), out end);
    }

    private static string FirstWord(string text)
    {
        var trimmed = text.Trim();
        var space = trimmed.IndexOfAny([' ', '\t']);
        return space < 0 ? trimmed : trimmed[..space];
    }

    // hh:mm:ss,mmm | hh:mm:ss.mmm | mm:ss.mmm
    private static bool TryReadTime(string text, out TimeSpan time)
    {
        time = default;
        var parts = text.Replace(',', '.').Split(':');
        if (parts.Length is < 2 or > 3
            || !double.TryParse(parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || !int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || seconds >= 60 || (parts.Length == 3 && minutes > 59) || minutes > 6000)
        {
            return false;
        }

        var hours = 0;
        if (parts.Length == 3 && (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out hours) || hours > 99))
        {
            return false;
        }

        time = TimeSpan.FromMilliseconds((((hours * 60L) + minutes) * 60_000) + (long)Math.Round(seconds * 1000));
        return true;
    }

    private static string StripTags(string line)
    {
        if (!line.Contains('<', StringComparison.Ordinal))
        {
            return line;
        }

        var output = new StringBuilder(line.Length);
        var inside = false;
        foreach (var c in line)
        {
            if (c == '<')
            {
                inside = true;
            }
            else if (c == '>' && inside)
            {
                inside = false;
            }
            else if (!inside)
            {
                output.Append(c);
            }
        }

        return output.ToString();
    }
}
