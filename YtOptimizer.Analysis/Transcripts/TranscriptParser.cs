using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Reads transcripts: WebVTT, SubRip, SBV, text copied from YouTube's transcript panel, or plain text.</summary>
public static class TranscriptParser
{
    /// <summary>Timed when the text holds usable times, plain otherwise. Keeps every spoken word; never throws on odd input.</summary>
    public static Transcript Parse(string text)
    {
        var lines = TextCleaner.Clean(text).TrimStart('\uFEFF').Split('\n');
        var unreadable = 0;
        var isWebVtt = WebVttReader.IsWebVtt(lines);
        var hasTimings = isWebVtt || SubRipReader.HasTimings(lines);
        var cues =
            isWebVtt ? WebVttReader.Read(lines, out unreadable)
            : hasTimings ? SubRipReader.Read(lines)
            : PanelReader.Read(lines);
        if (cues.Count > 0 || hasTimings)
        {
            return Assemble(RollingCaptions.Unroll(cues)) with { UnreadableCues = unreadable };
        }

        return Transcript.FromText(string.Join(' ', CueText.Lines(string.Join('\n', lines), isWebVtt: false)));
    }

    // Cues without a readable time go with the one before; times that never move are no times.
    private static Transcript Assemble(List<Cue> cues)
    {
        var segments = new List<TranscriptSegment>(cues.Count);
        var clock = TimeSpan.Zero;
        foreach (var cue in cues)
        {
            var start = cue.Start ?? clock;
            clock = cue.End is { } end && end > start ? end : start;
            segments.Add(new TranscriptSegment(start, clock, string.Join(' ', cue.Lines)));
        }

        return segments.TrueForAll(segment => segment.Start == segments[0].Start && segment.End == segments[0].Start)
            ? Transcript.FromText(string.Join(' ', segments.Select(segment => segment.Text)))
            : Transcript.FromSegments([.. segments.OrderBy(segment => segment.Start)]);
    }
}
