using System.Globalization;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Text copied from YouTube's transcript panel and from speech programs: a line that is only a time starts a segment, or each line begins
/// with its time.
/// </summary>
internal static class PanelReader
{
    /// <summary>Of a line only the beginning is read; the rest is searched for its end.</summary>
    private const int StepsAtOnce = 64;

    private static readonly TimeSpan LastSegment = TimeSpan.FromSeconds(5);

    /// <returns>No cues when the text is not of this form.</returns>
    public static List<Cue> Read(string[] lines)
    {
        var alone = 0;
        var leading = 0;
        var filled = 0;
        var first = true;
        var firstIsTime = false;
        foreach (var line in lines)
        {
            WorkMeter.Count(1 + (line.Length / StepsAtOnce));
            if (string.IsNullOrWhiteSpace(line) || IsLyricsHead(line))
            {
                continue;
            }

            filled++;
            var found = Clock(line, out _, out var rest);
            alone += found && rest.Length == 0 ? 1 : 0;
            leading += found && rest.Length > 0 ? 1 : 0;
            firstIsTime = first ? found : firstIsTime;
            first = false;
        }

        var isPanel = (alone > 0 && firstIsTime) || alone >= 2;
        var isLed = leading >= 2 && leading * 10 >= filled * 6;
        return isPanel || isLed ? Cues(lines, isLed) : [];
    }

    private static List<Cue> Cues(string[] lines, bool isLed)
    {
        var cues = new CueCollector(isWebVtt: false);
        var isLabelled = !isLed && HasLabels(lines);
        var before = default(TimeSpan?);
        foreach (var line in lines)
        {
            var label = isLabelled && before is { } shown && IsLabel(line, shown);
            before = string.IsNullOrWhiteSpace(line) ? before : null;
            if (label || (isLed && IsLyricsHead(line)))
            {
                continue;
            }

            if (Clock(line, out var time, out var rest) && (isLed || rest.Length == 0))
            {
                cues.Begin(time, null);
                cues.Add(rest);
                before = time;
            }
            else
            {
                cues.Add(line);
            }
        }

        var found = cues.Finish();
        var starts = found.Select(cue => cue.Start).OfType<TimeSpan>().ToList();
        // Times that run backwards are something else (scores, times of day): only the words count.
        var ascending = !starts.Zip(starts.Skip(1)).Any(pair => pair.Second < pair.First);
        return
        [
            .. found.Select(
                (cue, i) =>
                    !ascending
                        ? cue with
                        {
                            Start = null,
                        }
                        : cue with
                        {
                            End = i + 1 < found.Count ? found[i + 1].Start : cue.Start + LastSegment,
                        }
            ),
        ];
    }

    // "[ar:Somebody]", "[length: 3:20]": what lyrics files (LRC) say of themselves.
    private static bool IsLyricsHead(string line)
    {
        var text = line.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return text.StartsWith('[')
            && text.EndsWith(']')
            && colon is > 1 and < 10
            && text[1..colon].All(c => char.IsAsciiLetter(c) || c == '#');
    }

    // The panel's times have a name for screen readers, which some browsers copy too: "1:04", "1 minute, 4 seconds". In any language: the
    // same numbers.
    private static bool HasLabels(string[] lines)
    {
        var times = 0;
        var labels = 0;
        var before = default(TimeSpan?);
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            labels += before is { } shown && IsLabel(line, shown) ? 1 : 0;
            before = Clock(line, out var time, out var rest) && rest.Length == 0 ? time : null;
            times += before is null ? 0 : 1;
        }

        return times > 1 && labels == times;
    }

    private static bool IsLabel(string line, TimeSpan time)
    {
        var numbers =
            line.Length > 60
                ? []
                : line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.All(char.IsAsciiDigit)).ToList();
        int[] parts = [(int)time.TotalHours, time.Minutes, time.Seconds];
        int[] said = [.. parts.Where(part => part > 0)];
        var expected = said.Length == 0 ? [0] : said;
        return numbers
                .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1)
                .SequenceEqual(expected)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == expected.Length * 2;
    }

    // "0:04", "[1:02:03]", "(0:04)", "0:04 words", "[0:04.5] words".
    private static bool Clock(string line, out TimeSpan time, out string rest)
    {
        rest = "";
        var text = line.Trim();
        var at = ClockEnd(text, 0, out time, out var bracket);
        if (at == 0)
        {
            return false;
        }

        // "[00:12.00][00:45.10]Refrain": lyrics that are sung again; the words stand at their first time.
        while (bracket && at < text.Length)
        {
            var next = at;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
            {
                next++;
            }

            var end = next < text.Length && text[next] == '[' ? ClockEnd(text, next, out _, out _) : 0;
            if (end == 0)
            {
                break;
            }

            at = end;
        }

        rest = text[at..].Trim();
        return true;
    }

    /// <summary>Where the time that starts here ends, with its brackets; 0 when there is none.</summary>
    private static int ClockEnd(string text, int start, out TimeSpan time, out bool bracket)
    {
        WorkMeter.Count();
        time = default;
        bracket = start < text.Length && text[start] is '[' or '(';
        var at = bracket ? start + 1 : start;
        if (at >= text.Length || !char.IsAsciiDigit(text[at]) || !CueTimes.TryReadClock(text, ref at, out time))
        {
            return 0;
        }

        return bracket ? (at < text.Length && text[at] is ']' or ')' ? at + 1 : 0)
            : at < text.Length && !char.IsWhiteSpace(text[at]) ? 0
            : at;
    }
}
