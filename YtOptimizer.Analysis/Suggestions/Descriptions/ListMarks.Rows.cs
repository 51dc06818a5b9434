namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Lists whose signs are no bullets elsewhere: closing quotation marks, days, stars between spaces.
internal static partial class ListMarks
{
    // "… on air.» Subscribe: …» Get more: …": where none opens, the closing quotation mark is a bullet.
    private static void Guillemets(string line, bool[] whole, List<int> found)
    {
        if (line.Contains('«', StringComparison.Ordinal))
        {
            return;
        }

        var entries = new List<int>();
        for (var at = line.IndexOf('»'); at >= 0 && at + 2 < line.Length; at = line.IndexOf('»', at + 1))
        {
            if (whole[at] || line[at + 1] != ' ' || !char.IsUpper(line[at + 2]))
            {
                return;
            }

            entries.Add(at);
        }

        if (entries.Count >= FewestDashes)
        {
            found.AddRange(entries);
        }
    }

    // "11/25 - Lion Hall11/26 - Bear Hall12/1 - …": days of a tour.
    private static void Dates(string line, bool[] whole, List<int> found)
    {
        var entries = new List<int>();
        var glued = 0;
        for (
            var dash = line.IndexOf(" - ", StringComparison.Ordinal);
            dash > 0;
            dash = line.IndexOf(" - ", dash + 1, StringComparison.Ordinal)
        )
        {
            var slash = dash - DigitsBefore(line, dash) - 1;
            if (slash < dash - 1 && slash > 0 && line[slash] is '/' or '.' && DigitsBefore(line, slash) is > 0 and var digits)
            {
                var start = slash - digits;
                if (
                    digits <= MostDigits
                    && dash - slash <= MostDigits + 1
                    && !whole[start]
                    && !(start > 0 && line[start - 1] is '/' or '.' or '-')
                )
                {
                    entries.Add(start);
                    glued += start > 0 && char.IsLetter(line[start - 1]) ? 1 : 0;
                }
            }
        }

        if (glued >= FewestNumbers)
        {
            found.AddRange(entries);
        }
    }

    private static int DigitsBefore(string line, int at)
    {
        var start = at;
        while (start > 0 && at - start <= MostDigits && char.IsAsciiDigit(line[start - 1]))
        {
            start--;
        }

        return at - start;
    }

    // " * Visit us : https://… * Like us : https://…": most entries with a label or a link.
    private static void Stars(string line, bool[] whole, HashSet<int> addresses, List<int> found)
    {
        var entries = new List<int>();
        var labelled = 0;
        for (var at = line.IndexOf("* ", StringComparison.Ordinal); at >= 0; at = line.IndexOf("* ", at + 2, StringComparison.Ordinal))
        {
            var text = at + 2;
            if (text >= line.Length || whole[at] || (at > 0 && line[at - 1] == '*') || !MayHead(line[text]))
            {
                continue;
            }

            entries.Add(at);
            labelled += GluedWords.LabelEnd(line, text) > 0 || addresses.Contains(text) ? 1 : 0;
        }

        if (entries.Count >= FewestNumbers && labelled * 2 > entries.Count)
        {
            found.AddRange(entries);
        }
    }
}
