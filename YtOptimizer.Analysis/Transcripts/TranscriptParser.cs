using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Reads transcripts: WebVTT, SubRip, SBV, SubStation Alpha, MicroDVD, MPL2, TTML, SAMI, YouTube's own XML and JSON, text copied from its
/// transcript panel, or plain text.
/// </summary>
public static class TranscriptParser
{
    /// <summary>Timed when the text holds usable times, plain otherwise. Keeps every spoken word; never throws on odd input.</summary>
    public static Transcript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Invisible characters are taken out of the words, not of the file: a joiner between two references belongs to an emoji.
        if (Structured(text.TrimStart('\uFEFF')) is { } structured)
        {
            return Assemble(RollingCaptions.Unroll(structured));
        }

        var clean = TextCleaner.Clean(CueText.WithNamedJoiners(text)).TrimStart('\uFEFF');
        var lines = clean.Split('\n');
        var unreadable = 0;
        var isWebVtt = WebVttReader.IsWebVtt(lines);
        var isSubStation = !isWebVtt && SubStationReader.IsSubStation(lines);
        var hasTimings = isWebVtt || isSubStation || SubRipReader.HasTimings(lines);
        var cues =
            isWebVtt ? WebVttReader.Read(lines, out unreadable)
            : isSubStation ? SubStationReader.Read(lines)
            : hasTimings ? SubRipReader.Read(lines)
            : FrameReader.Read(lines) is { Count: > 0 } framed ? framed
            : PanelReader.Read(lines);
        if (cues.Count > 0 || hasTimings)
        {
            return Assemble(RollingCaptions.Unroll(cues)) with { UnreadableCues = unreadable };
        }

        return Transcript.FromText(string.Join(' ', CueText.Lines(clean, isWebVtt: false)));
    }

    /// <summary>Whether the text is XML or JSON: its lines are layout, and one that is taken out breaks the rest.</summary>
    public static bool IsStructured(string text) =>
        text?.TrimStart('\uFEFF') is { } file && (XmlCaptions.Root(file) is not null || JsonCaptions.Read(file) is not null);

    private static List<Cue>? Structured(string text) =>
        XmlCaptions.Root(text) switch
        {
            "tt" => TimedTextReader.Read(text),
            "sami" => SamiReader.Read(text),
            // A text somebody has put between "transcript" tags is no file of YouTube's.
            not null => XmlCaptions.ReadYouTube(text) is { Count: > 0 } cues ? cues : null,
            null => JsonCaptions.Read(text),
        };

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
