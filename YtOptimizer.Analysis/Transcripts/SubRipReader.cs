namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Cues of SubRip, SBV and their many variants. No word is lost: blank lines inside a cue, unreadable times and missing counters are all
/// read over; only counters, timing lines and markup are left out.
/// </summary>
internal static class SubRipReader
{
    private const int NoCounter = -1;

    /// <returns>No cues when the text holds no timing line.</returns>
    public static List<Cue> Read(string[] lines)
    {
        var cues = new CueCollector(isWebVtt: false);
        var timings = Array.ConvertAll(lines, line => CueTimes.Read(line, isWebVtt: false));
        var counters = Counters(lines, timings);
        for (var i = HeaderEnd(lines); i < lines.Length; i++)
        {
            var timing = timings[i];
            if (timing.Kind != TimingKind.None)
            {
                cues.Begin(timing.Kind == TimingKind.Timed ? timing.Start : null, timing.Kind == TimingKind.Timed ? timing.End : null);
                if (timing.Rest.Length > 0)
                {
                    cues.Add(timing.Rest);
                }
            }
            else if (!IsBlank(lines[i]) && counters[i] == NoCounter)
            {
                // "[br]" is SBV's line break.
                cues.Add(lines[i].Replace("[br]", "\n", StringComparison.OrdinalIgnoreCase));
            }
        }

        var found = cues.Finish();
        return cues.HasCue ? found : [];
    }

    public static bool HasTimings(string[] lines) =>
        Array.Exists(lines, line => CueTimes.Read(line, isWebVtt: false).Kind != TimingKind.None);

    // "webvtt" and what belongs to it, in a file that is none by the letter: after a blank line, in lower case.
    private static int HeaderEnd(string[] lines)
    {
        var i = 0;
        while (i < lines.Length && IsBlank(lines[i]))
        {
            i++;
        }

        // SubViewer: what the file says of itself ends at "[SUBTITLE]" and a line of colours.
        if (i < lines.Length && lines[i].Trim().Equals("[INFORMATION]", StringComparison.OrdinalIgnoreCase))
        {
            var end = Array.FindIndex(lines, i, line => line.Trim().Equals("[SUBTITLE]", StringComparison.OrdinalIgnoreCase));
            i = end < 0 ? i : end + 1;
            i += i < lines.Length && lines[i].StartsWith("[COLF]", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        }

        while (
            i < lines.Length
            && lines[i].Trim() is var line
            && line.StartsWith("WEBVTT", StringComparison.OrdinalIgnoreCase)
            && (line.Length == 6 || line[6] is ' ' or '\t')
        )
        {
            i++;
        }

        return i;
    }

    /// <summary>
    /// The number of each line that is a counter. One is a number alone before a timing line (some programs put blank lines between all
    /// lines), or, where that line is missing, the number that comes next, at the beginning of a block.
    /// </summary>
    private static int[] Counters(string[] lines, Timing[] timings)
    {
        var counters = new int[lines.Length];
        var next = NoCounter;
        var following = new int[lines.Length];
        for (var i = lines.Length - 1; i >= 0; i--)
        {
            var number = Number(lines[i]);
            following[i] = next;
            counters[i] = number != NoCounter && IsBeforeTiming(lines, timings, i) ? number : NoCounter;
            next = counters[i] != NoCounter ? counters[i] : next;
        }

        var last = NoCounter;
        for (var i = 0; i < lines.Length; i++)
        {
            if (
                counters[i] == NoCounter
                && last != NoCounter
                && i > 0
                && IsBlank(lines[i - 1])
                && Number(lines[i]) == last + 1
                && (following[i] == NoCounter || following[i] == last + 2)
            )
            {
                counters[i] = last + 1;
            }

            last = counters[i] != NoCounter ? counters[i] : last;
        }

        return counters;
    }

    private static int Number(string line)
    {
        var text = line.Length > 20 ? "" : CueTimes.Plain(line).Trim();
        return text.Length is > 0 and < 8 && text.All(char.IsAsciiDigit)
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : NoCounter;
    }

    private static bool IsBeforeTiming(string[] lines, Timing[] timings, int i)
    {
        var next = i + 1;
        while (next < lines.Length && next <= i + 2 && IsBlank(lines[next]))
        {
            next++;
        }

        return next < lines.Length && timings[next].Kind != TimingKind.None;
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);
}
