using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>SAMI: HTML whose SYNC tags say when the words behind them are shown; an empty one takes them away.</summary>
internal static class SamiReader
{
    private static readonly TimeSpan LastCue = TimeSpan.FromSeconds(5);

    public static List<Cue> Read(string text)
    {
        var scanner = new MarkupScanner(text);
        var found = new List<(string Track, Cue Cue)>();
        var starts = new List<TimeSpan>();
        var words = new StringBuilder();
        var track = "";
        var hidden = "";
        TimeSpan? start = null;
        while (scanner.Next())
        {
            if (scanner.Kind == MarkupToken.Text)
            {
                // Line ends in the file are only layout.
                words.Append(hidden.Length > 0 ? "" : XmlCaptions.Characters(scanner).Replace('\n', ' '));
                continue;
            }

            switch (scanner.Name)
            {
                case "head" or "style" or "title" when hidden.Length == 0 && scanner.Kind == MarkupToken.Start && !scanner.IsEmpty:
                    hidden = scanner.Name;
                    break;
                case "body" when scanner.Kind == MarkupToken.Start:
                    hidden = "";
                    words.Clear();
                    break;
                case "sync" when scanner.Kind == MarkupToken.Start:
                    Close();
                    hidden = "";
                    track = "";
                    start = Milliseconds(scanner.Attribute("start")) ?? start;
                    starts.Add(start ?? TimeSpan.Zero);
                    break;
                case "p" when scanner.Kind == MarkupToken.Start:
                    Close();
                    track = scanner.Attribute("class") ?? "";
                    break;
                case "br":
                    words.Append('\n');
                    break;
                case var name when name == hidden && scanner.Kind == MarkupToken.End:
                    hidden = "";
                    break;
            }
        }

        Close();
        return Tracks.Choose(WithEnds(found, starts));

        void Close()
        {
            if (CueText.Plain(words.ToString()) is { Count: > 0 } lines)
            {
                found.Add((track, new Cue(start, null, lines, HasInnerTimes: false)));
            }

            words.Clear();
        }
    }

    private static List<(string Track, Cue Cue)> WithEnds(List<(string Track, Cue Cue)> found, List<TimeSpan> starts)
    {
        starts.Sort();
        return found.ConvertAll(one =>
        {
            if (one.Cue.Start is not { } start)
            {
                return one;
            }

            var next = starts.BinarySearch(start + TimeSpan.FromTicks(1));
            next = next < 0 ? ~next : next;
            return (one.Track, one.Cue with { End = next < starts.Count ? starts[next] : start + LastCue });
        });
    }

    private static TimeSpan? Milliseconds(string? value) =>
        double.TryParse(value?.TrimEnd('m', 's'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms)
        && ms < TimeScanner.MostHours * 3_600_000.0
            ? TimeSpan.FromMilliseconds(Math.Round(ms))
            : null;
}
