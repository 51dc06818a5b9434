using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>SubStation Alpha (.ssa, .ass): the Dialogue lines without overrides and drawings, in the order of their times.</summary>
internal static class SubStationReader
{
    private const int HeadLines = 100;
    private const string Dialogue = "Dialogue:";

    // Format of the [Events] section when the file names none.
    private static readonly string[] Usual = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];

    public static bool IsSubStation(string[] lines) =>
        lines
            .Take(HeadLines)
            .Any(line =>
                line.Trim() is var head
                && (
                    head.Equals("[Script Info]", StringComparison.OrdinalIgnoreCase)
                    || head.Equals("[Events]", StringComparison.OrdinalIgnoreCase)
                    || (
                        head.StartsWith(Dialogue, StringComparison.OrdinalIgnoreCase)
                        && Fields(head, Usual) is var (start, _, _)
                        && start is not null
                    )
                )
            );

    public static List<Cue> Read(string[] lines)
    {
        var cues = new List<Cue>();
        var shown = new HashSet<(TimeSpan?, TimeSpan?, string)>();
        var format = Usual;
        var section = "";
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.StartsWith('[') && text.EndsWith(']'))
            {
                section = text;
            }
            else if (text.StartsWith("Format:", StringComparison.OrdinalIgnoreCase) && !IsStyles(section))
            {
                format = [.. text["Format:".Length..].Split(',').Select(name => name.Trim().ToLowerInvariant())];
                format = format is [.., "text"] && format.Contains("start") ? format : Usual;
            }
            else if (text.StartsWith(Dialogue, StringComparison.OrdinalIgnoreCase))
            {
                var (start, end, said) = Fields(text, format);
                var words = CueText.Plain(Words(said));
                // Glows and shadows are the same words drawn once more at the same time.
                if (words.Count > 0 && shown.Add((start, end, string.Join('\n', words))))
                {
                    cues.Add(new Cue(start, end, words, HasInnerTimes: false));
                }
            }
        }

        return [.. cues.OrderBy(cue => cue.Start ?? TimeSpan.Zero)];
    }

    private static bool IsStyles(string section) => section.Contains("Styles", StringComparison.OrdinalIgnoreCase);

    private static (TimeSpan? Start, TimeSpan? End, string Text) Fields(string line, string[] format)
    {
        // The text is the last field and may hold commas.
        var fields = line[Dialogue.Length..].Split(',', format.Length);
        var start = Time(fields, Array.IndexOf(format, "start"));
        var end = Time(fields, Array.IndexOf(format, "end"));
        return (start, end, fields.Length == format.Length ? fields[^1] : "");
    }

    private static TimeSpan? Time(string[] fields, int i)
    {
        var at = 0;
        return i >= 0 && i < fields.Length && CueTimes.TryReadClock(fields[i].Trim(), ref at, out var time) ? time : null;
    }

    // "{\b1}", "{a comment}", "{\p1}m 0 0 l 100 0{\p0}" (a drawing); \N and \n end a line, \h is a hard space.
    private static string Words(string text)
    {
        var steps = new ScanSteps(text.Length);
        var output = new StringBuilder(text.Length);
        var isDrawing = false;
        var closes = true;
        for (var i = 0; i < text.Length; i++)
        {
            steps.At(i);
            if (text[i] == '{' && closes)
            {
                var end = text.IndexOf('}', i);
                closes = end > 0;
                if (closes)
                {
                    isDrawing = Draws(text.AsSpan(i, end - i)) ?? isDrawing;
                    i = end;
                    continue;
                }
            }

            var isEscape = text[i] == '\\' && i + 1 < text.Length && text[i + 1] is 'N' or 'n' or 'h';
            if (!isDrawing)
            {
                output.Append(
                    !isEscape ? text[i]
                    : text[i + 1] == 'h' ? ' '
                    : '\n'
                );
            }

            i += isEscape ? 1 : 0;
        }

        return output.ToString();
    }

    // "\p1" begins a drawing, "\p0" ends it; "\pos" and "\pbo" are something else.
    private static bool? Draws(ReadOnlySpan<char> overrides)
    {
        bool? draws = null;
        for (var i = 0; i + 2 < overrides.Length; i++)
        {
            if (overrides[i] == '\\' && overrides[i + 1] == 'p' && char.IsAsciiDigit(overrides[i + 2]))
            {
                draws = overrides[i + 2] != '0';
            }
        }

        return draws;
    }
}
