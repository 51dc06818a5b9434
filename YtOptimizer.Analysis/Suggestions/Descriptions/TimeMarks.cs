using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Where the entries of a list of times begin that has lost its line breaks.</summary>
internal static class TimeMarks
{
    private const int FewestTimes = 3;
    private const int FewestGlued = 2;
    private const int MostHourDigits = 2;

    /// <param name="whole">Characters in front of which nothing is parted.</param>
    public static IEnumerable<int> Find(string line, bool[] whole)
    {
        var times = Rising(line, whole);
        if (times.Count < FewestTimes)
        {
            return [];
        }

        // "The nose 0:52The face 2:41Eyes 3:31": the time stands last.
        var behind = times.Where(time => IsGluedBehind(line, time)).Select(time => time.End).ToList();
        if (behind.Count >= FewestGlued)
        {
            return behind;
        }

        // "Aries: 1:20 Taurus: 2:30": the label stands first.
        var labelled = times.Count(time => line.AsSpan(0, time.Start).TrimEnd().EndsWith(":", StringComparison.Ordinal));
        return labelled * 2 <= times.Count && (times.Count(time => IsGlued(line, time.Start)) >= FewestGlued || AreHeads(line, times))
            ? times.Select(time => time.Start)
            : [];
    }

    private static bool IsGlued(string line, int at) => at > 0 && char.IsLetter(line[at - 1]);

    // "at 18:00, at 19:30 and at 21:00" is a sentence.
    private static bool AreHeads(string line, List<(int Start, int End)> times)
    {
        var heads = times.Count(time =>
        {
            var label = line.AsSpan(time.End).TrimStart();
            return label.Length > 0
                && (char.IsLetterOrDigit(label[0]) ? !char.IsLower(label[0]) : label[0] is not (',' or '.' or ';' or ')'));
        });
        return heads * 4 >= times.Count * 3;
    }

    // The times that only rise; an hour of the day in front of them ("at 19:30") is none of them.
    private static List<(int Start, int End)> Rising(string line, bool[] whole)
    {
        var times = new List<(int Start, int End)>();
        var last = TimeSpan.MinValue;
        for (var colon = line.IndexOf(':'); colon > 0; colon = line.IndexOf(':', colon + 1))
        {
            var start = colon;
            while (start > 0 && char.IsAsciiDigit(line[start - 1]) && colon - start <= MostHourDigits)
            {
                start--;
            }

            if (
                start == colon
                || colon - start > MostHourDigits
                || whole[start]
                || (start > 0 && line[start - 1] is ',' or '/' or '-' or '–' or '#' or '_')
                || (start > 1 && line[start - 1] is ':' or '.' && char.IsDigit(line[start - 2]))
                || !Markup.TryReadTime(line, start, out var length, out var time)
            )
            {
                continue;
            }

            if (time <= last)
            {
                if (times.Count >= FewestTimes)
                {
                    return [];
                }

                times.Clear();
            }

            last = time;
            times.Add((start, start + length));
            colon = start + length - 1;
        }

        return times;
    }

    private static bool IsGluedBehind(string line, (int Start, int End) time) =>
        time.End + 1 < line.Length
        && time.Start > 0
        && line[time.Start - 1] == ' '
        && char.IsLetter(line[time.End])
        && !char.IsLower(line[time.End])
        && char.IsLower(line[time.End + 1]) == char.IsUpper(line[time.End]);
}
