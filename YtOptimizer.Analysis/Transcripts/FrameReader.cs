using System.Globalization;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// MicroDVD ("{25}{75}words", counted in frames) and MPL2 ("[10][30]words", in tenths of a second). "|" parts lines, "/" at a line's
/// beginning is MPL2's italics.
/// </summary>
internal static class FrameReader
{
    /// <summary>Of films, where the file does not tell by "{1}{1}25".</summary>
    private const double UsualRate = 23.976;
    private const double Tenths = 10;
    private const int LongestNumber = 8;

    /// <returns>No cues when the text is not of this form.</returns>
    public static List<Cue> Read(string[] lines)
    {
        var filled = lines.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        foreach (var (open, close) in new[] { ('{', '}'), ('[', ']') })
        {
            var found = filled.Count(line => TryRead(line, open, close, out _, out _, out _));
            if (found > 0 && found * 2 > filled.Count)
            {
                return Cues(filled, open, close);
            }
        }

        return [];
    }

    private static List<Cue> Cues(List<string> lines, char open, char close)
    {
        var cues = new CueCollector(isWebVtt: false);
        var isFrames = open == '{';
        var rate = isFrames ? UsualRate : Tenths;
        var first = true;
        foreach (var line in lines)
        {
            WorkMeter.Count();
            if (!TryRead(line, open, close, out var from, out var to, out var words))
            {
                // "{DEFAULT}{C:$0000FF}": style of the whole file.
                if (!line.StartsWith("{DEFAULT}", StringComparison.OrdinalIgnoreCase))
                {
                    cues.Add(line);
                }

                continue;
            }

            if (first && isFrames && Rate(words) is { } told)
            {
                rate = told;
                first = false;
                continue;
            }

            first = false;
            var start = TimeSpan.FromSeconds(from / rate);
            cues.Begin(start, to is { } end && end > from ? TimeSpan.FromSeconds(end / rate) : start);
            cues.Add(string.Join('\n', words.Split('|').Select(part => isFrames ? part : part.TrimStart('/'))));
        }

        return cues.Finish();
    }

    // "25", "23.976 fps"
    private static double? Rate(string words)
    {
        var number = words.Trim();
        number = number.EndsWith("fps", StringComparison.OrdinalIgnoreCase) ? number[..^3].TrimEnd() : number;
        return
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 5 and <= 240
            ? rate
            : null;
    }

    // "{0}{25}", "{0}{}": the end may be missing.
    private static bool TryRead(string line, char open, char close, out int from, out int? to, out string words)
    {
        (from, to, words) = (0, null, "");
        var text = line.AsSpan().TrimStart();
        if (!Number(ref text, open, close, out var first) || first is not { } start || !Number(ref text, open, close, out to))
        {
            return false;
        }

        (from, words) = (start, text.ToString());
        return true;
    }

    private static bool Number(ref ReadOnlySpan<char> text, char open, char close, out int? value)
    {
        value = null;
        if (text.IsEmpty || text[0] != open)
        {
            return false;
        }

        var end = text[..Math.Min(text.Length, LongestNumber + 2)].IndexOf(close);
        if (end < 0 || text[1..end].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        value = end == 1 ? null : int.Parse(text[1..end], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[(end + 1)..];
        return true;
    }
}
