namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Automatic captions show each line twice: new at the bottom, then carried to the top. Only files that do so throughout lose the carried
/// lines; elsewhere a repeated line is speech, such as a refrain.
/// </summary>
internal static class RollingCaptions
{
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static List<Cue> Unroll(List<Cue> cues)
    {
        if (!IsRolling(cues))
        {
            return cues;
        }

        var output = new List<Cue>(cues.Count);
        for (var i = 0; i < cues.Count; i++)
        {
            var carried = i > 0 && Touch(cues[i - 1], cues[i]) ? Carried(cues[i - 1], cues[i]) : 0;
            if (carried < cues[i].Lines.Count)
            {
                output.Add(carried == 0 ? cues[i] : cues[i] with { Lines = cues[i].Lines[carried..] });
            }
        }

        return output;
    }

    private static bool IsRolling(List<Cue> cues)
    {
        var touching = 0;
        var carrying = 0;
        var holds = 0;
        var inner = 0;
        for (var i = 0; i < cues.Count; i++)
        {
            inner += cues[i].HasInnerTimes ? 1 : 0;
            if (i == 0 || !Touch(cues[i - 1], cues[i]))
            {
                continue;
            }

            touching++;
            var carried = Carried(cues[i - 1], cues[i]);
            carrying += carried > 0 ? 1 : 0;
            holds += carried > 0 && IsHold(cues[i - 1], cues[i]) ? 1 : 0;
        }

        // Words with times of their own are written by automatic captions alone, and those carry their lines.
        return inner > 0 ? carrying > 0 : carrying * 2 >= touching && carrying >= (holds > 0 ? 1 : 2);
    }

    private static bool Touch(Cue before, Cue cue) =>
        before.End is { } end && cue.Start is { } start && start - end < Pause && end - start < Pause;

    // The finished line shown alone: mostly for a hundredth of a second, always without the times its words had.
    private static bool IsHold(Cue before, Cue cue) => cue.End - cue.Start <= Hold || (before.HasInnerTimes && !cue.HasInnerTimes);

    /// <summary>How many first lines of a cue are the last lines of the one before. A whole cue said again is speech, unless it is only
    /// held.</summary>
    private static int Carried(Cue before, Cue cue)
    {
        for (var length = Math.Min(before.Lines.Count, cue.Lines.Count - (IsHold(before, cue) ? 0 : 1)); length > 0; length--)
        {
            var same = true;
            for (var k = 0; k < length && same; k++)
            {
                same = before.Lines[before.Lines.Count - length + k] == cue.Lines[k];
            }

            if (same)
            {
                return length;
            }
        }

        return 0;
    }
}
