using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>One time-stamped line of a description.</summary>
internal readonly record struct ChapterLine(int Line, TimeSpan Start, string Label);

internal static class ChapterProblems
{
    public const string FirstNotZero = "first_not_zero";
    public const string TooFew = "too_few";
    public const string NotAscending = "not_ascending";
    public const string TooShort = "too_short";
    public const string PastEnd = "past_end";
}

/// <summary>Chapters as YouTube reads them: first at 0:00, at least three, ascending, each at least 10 s long.</summary>
internal static class ChapterList
{
    public const int Fewest = 3;
    private const int LongestLabel = 100;

    /// <summary>
    /// Lines that begin with a time stamp (after bullets or brackets). Two chapters on one line ("0:00 Intro 1:30 Feeding") are both read
    /// where the second begins before the next line does; a time at the end of a label is how long it lasts, and left out.
    /// </summary>
    public static List<ChapterLine> Parse(string description)
    {
        var found = new List<ChapterLine>();
        var number = 0;
        foreach (var line in description.Split('\n'))
        {
            if (ParseLine(line) is { } chapter)
            {
                found.Add(new ChapterLine(number, chapter.Start, chapter.Title));
            }

            number++;
        }

        for (var i = 0; i < found.Count; i++)
        {
            var next = i + 1 < found.Count ? found[i + 1].Start : TimeSpan.MaxValue;
            if (InnerTime(found[i].Label) is { } inner)
            {
                var (before, after) = (found[i].Label[..inner.At], found[i].Label[(inner.At + inner.Length)..]);
                before = before.TrimEnd(' ', '\t', '(', '[', '-', '–', '—', '|', ',', ';', '/');
                after = TrimSeparators(after);
                if (before.Length > 0 && (after.Length == 0 || (inner.Start > found[i].Start && inner.Start < next)))
                {
                    var line = found[i];
                    found[i] = line with { Label = before };
                    if (after.Length > 0)
                    {
                        found.Insert(i + 1, new ChapterLine(line.Line, inner.Start, after));
                    }
                }
            }
        }

        return found;
    }

    // The first time stamp within a label that stands on its own.
    private static (int At, int Length, TimeSpan Start)? InnerTime(string label)
    {
        for (var i = 1; i < label.Length; i++)
        {
            if (
                char.IsAsciiDigit(label[i])
                && !char.IsLetterOrDigit(label[i - 1])
                && label[i - 1] != ':'
                && Markup.TryReadTime(label, i, out var length, out var start)
                && (i + length == label.Length || !char.IsLetterOrDigit(label[i + length]))
            )
            {
                return (i, length, start);
            }
        }

        return null;
    }

    public static Chapter? ParseLine(string line)
    {
        var i = 0;
        while (i < line.Length && i < 8 && !char.IsLetterOrDigit(line[i]))
        {
            i++;
        }

        if (i >= line.Length || !Markup.TryReadTime(line, i, out var length, out var start))
        {
            return null;
        }

        var rest = TrimSeparators(line[(i + length)..]);
        // "0:00 - 1:20 Intro": a range.
        if (Markup.TryReadTime(rest, 0, out var second, out _))
        {
            rest = TrimSeparators(rest[second..]);
        }

        return new Chapter(start, rest);
    }

    /// <summary>Whether entries read from a text that has lost its line breaks make a list: each with a short label and no link, in order,
    /// and far enough apart.</summary>
    public static bool IsWhole(IReadOnlyList<ChapterLine> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (
                entries[i].Label.Length is 0 or > LongestLabel
                || Markup.HasLink(entries[i].Label)
                || (i > 0 && entries[i].Start - entries[i - 1].Start < Limits.ShortestChapter)
            )
            {
                return false;
            }
        }

        return entries.Count >= Fewest;
    }

    /// <summary>Which rules a list breaks; empty when it works on YouTube.</summary>
    public static List<string> Validate(IReadOnlyList<Chapter> chapters, TimeSpan? duration)
    {
        var problems = new List<string>();
        if (chapters.Count < Fewest)
        {
            problems.Add(ChapterProblems.TooFew);
        }

        if (chapters.Count > 0 && chapters[0].Start != TimeSpan.Zero)
        {
            problems.Add(ChapterProblems.FirstNotZero);
        }

        var ascending = true;
        var shortest = true;
        for (var i = 1; i < chapters.Count; i++)
        {
            ascending &= chapters[i].Start > chapters[i - 1].Start;
            shortest &= chapters[i].Start <= chapters[i - 1].Start || chapters[i].Start - chapters[i - 1].Start >= Limits.ShortestChapter;
        }

        if (!ascending)
        {
            problems.Add(ChapterProblems.NotAscending);
        }

        if (duration is { } end && chapters.Any(chapter => chapter.Start >= end))
        {
            problems.Add(ChapterProblems.PastEnd);
        }
        else if (duration is { } total && chapters.Count > 0 && total - chapters[^1].Start < Limits.ShortestChapter)
        {
            shortest = false;
        }

        if (!shortest)
        {
            problems.Add(ChapterProblems.TooShort);
        }

        return problems;
    }

    /// <summary>
    /// Sorts, drops what lies past the end or follows within 10 s, starts at 0:00. Times are only ever taken from the list;
    /// null when fewer than three remain.
    /// </summary>
    public static List<Chapter>? Repair(IReadOnlyList<Chapter> chapters, TimeSpan? duration, string introLabel)
    {
        var last = duration is { } end ? end - Limits.ShortestChapter : TimeSpan.MaxValue;
        var sorted = chapters.Where(chapter => chapter.Start <= last).OrderBy(chapter => chapter.Start).ToList();
        if (sorted.Count == 0)
        {
            return null;
        }

        if (sorted[0].Start != TimeSpan.Zero)
        {
            if (sorted[0].Start < Limits.ShortestChapter)
            {
                sorted[0] = sorted[0] with { Start = TimeSpan.Zero };
            }
            else
            {
                sorted.Insert(0, new Chapter(TimeSpan.Zero, introLabel));
            }
        }

        var kept = new List<Chapter>();
        foreach (var chapter in sorted)
        {
            if (kept.Count > 0 && chapter.Start - kept[^1].Start < Limits.ShortestChapter)
            {
                if (kept[^1].Title.Length == 0)
                {
                    kept[^1] = kept[^1] with { Title = chapter.Title };
                }

                continue;
            }

            kept.Add(chapter);
        }

        return kept.Count >= Fewest ? kept : null;
    }

    /// <summary>"1:02:03" or "2:03", always with the hour when the video has one.</summary>
    public static string Format(TimeSpan time, bool withHours)
    {
        var hours = (int)time.TotalHours;
        return withHours || hours > 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
    }

    public static string FormatBlock(IReadOnlyList<Chapter> chapters)
    {
        var hours = chapters[^1].Start >= TimeSpan.FromHours(1);
        return string.Join('\n', chapters.Select(chapter => (Format(chapter.Start, hours) + " " + chapter.Title).TrimEnd()));
    }

    private static string TrimSeparators(string text) =>
        text.Trim()
            .TrimStart('-', '–', '—', '−', ':', '|', '.', ')', ']', '】', '）', '~', '>', '=', '・', '•', '›', '→', ' ', '\t', '　')
            .Trim();
}
