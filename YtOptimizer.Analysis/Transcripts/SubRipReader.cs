namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Cues of SubRip, SBV and their many variants. No word is lost: blank lines inside a cue, unreadable times and missing counters are all
/// read over;
/// only counters, timing lines and markup are left out.
/// </summary>
internal static class SubRipReader
{
    /// <returns>No cues when the text holds no timing line.</returns>
    public static List<Cue> Read(string[] lines)
    {
        var cues = new CueCollector(isWebVtt: false);
        for (var i = 0; i < lines.Length; i++)
        {
            var timing = CueTimes.Read(lines[i], isWebVtt: false);
            if (timing.Kind != TimingKind.None)
            {
                cues.Begin(timing.Kind == TimingKind.Timed ? timing.Start : null, timing.Kind == TimingKind.Timed ? timing.End : null);
                if (timing.Rest.Length > 0)
                {
                    cues.Add(timing.Rest);
                }
            }
            else if (!IsBlank(lines[i]) && !IsCounter(lines, i))
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

    // A number alone, before a timing line; some programs put blank lines between all lines.
    private static bool IsCounter(string[] lines, int i)
    {
        var text = CueTimes.Plain(lines[i]).Trim();
        if (text.Length is 0 or > 7 || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        var next = i + 1;
        while (next < lines.Length && next <= i + 2 && IsBlank(lines[next]))
        {
            next++;
        }

        return next < lines.Length && CueTimes.Read(lines[next], isWebVtt: false).Kind != TimingKind.None;
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);
}
