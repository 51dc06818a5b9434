namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Cues of a WebVTT file, by the specification (https://www.w3.org/TR/webvtt1/): a block whose times cannot be read is no cue, and NOTE,
/// STYLE and REGION blocks are none either. We differ in one point on purpose: text after a blank line, which the specification drops, goes
/// on with the cue before it.
/// </summary>
internal static class WebVttReader
{
    private const string Signature = "WEBVTT";

    private enum Place : byte
    {
        Header,
        Between,
        Cue,
        Skipped,
    }

    public static bool IsWebVtt(string[] lines) =>
        lines[0].StartsWith(Signature, StringComparison.Ordinal)
        && (lines[0].Length == Signature.Length || lines[0][Signature.Length] is ' ' or '\t');

    /// <param name="unreadable">How many blocks were meant as cues but have no readable times.</param>
    public static List<Cue> Read(string[] lines, out int unreadable)
    {
        var cues = new CueCollector(isWebVtt: true);
        var place = Place.Header;
        var goesOn = false;
        unreadable = 0;
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i];
            var timing = CueTimes.Read(line, isWebVtt: true);
            if (timing.Kind == TimingKind.Timed)
            {
                cues.Begin(timing.Start, timing.End);
                place = Place.Cue;
                goesOn = true;
            }
            else if (timing.Kind == TimingKind.Unreadable)
            {
                unreadable += place == Place.Skipped ? 0 : 1;
                place = Place.Skipped;
                goesOn = false;
            }
            else if (line.Length == 0)
            {
                place = Place.Between;
            }
            else if (place == Place.Cue)
            {
                cues.Add(line);
            }
            else if (place == Place.Between)
            {
                place = Begin(lines, i, goesOn);
                if (place == Place.Cue)
                {
                    cues.Add(line);
                }
            }
        }

        return cues.Finish();
    }

    // First line of a block without times before it: a comment or style, the next cue's name, or speech.
    private static Place Begin(string[] lines, int i, bool goesOn)
    {
        var line = lines[i];
        if (
            line.TrimEnd() is "STYLE" or "REGION" or "NOTE"
            || line.StartsWith("NOTE ", StringComparison.Ordinal)
            || line.StartsWith("NOTE\t", StringComparison.Ordinal)
        )
        {
            return Place.Skipped;
        }

        var isName = i + 1 < lines.Length && CueTimes.Read(lines[i + 1], isWebVtt: true).Kind != TimingKind.None;
        return isName ? Place.Between
            : goesOn ? Place.Cue
            : Place.Skipped;
    }
}
