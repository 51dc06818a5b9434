using System.Buffers;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Finds the title where a description only repeats it.</summary>
internal static class TitlePaste
{
    private const int Shortest = 12;
    private const int FewestWords = 4;
    private const int MostPastes = 10;
    private static readonly SearchValues<char> Trimmed = SearchValues.Create(" \t\r\n.!?-–—:|*\"“”。！？");

    /// <summary>The description with the title blanked at its start and where it is a line of its own; offsets stay.</summary>
    public static string Blank(string description, string title)
    {
        var wanted = title.Trim();
        if (wanted.Length < Shortest)
        {
            return description;
        }

        // The title's words in another order are the title still.
        for (var i = 0; i < MostPastes && Opening(description, wanted) is { Length: > 0 } opening && opening != wanted; i++)
        {
            var at = description.IndexOf(opening, StringComparison.Ordinal);
            description = string.Concat(
                description.AsSpan(0, at),
                new string(' ', opening.Length),
                description.AsSpan(at + opening.Length)
            );
        }

        if (!description.Contains(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return description;
        }

        var output = description.ToCharArray();
        for (
            var at = description.IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = description.IndexOf(wanted, at + wanted.Length, StringComparison.OrdinalIgnoreCase)
        )
        {
            var line = description.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
            var next = description.IndexOf('\n', at + wanted.Length);
            var opens = output.AsSpan(0, at).IndexOfAnyExcept(Trimmed) < 0 && !GoesOn(description.AsSpan(at + wanted.Length));
            var alone =
                description.AsSpan(Math.Min(line, at), at - Math.Min(line, at)).IndexOfAnyExcept(Trimmed) < 0
                && description
                    .AsSpan(at + wanted.Length, (next < 0 ? description.Length : next) - at - wanted.Length)
                    .IndexOfAnyExcept(Trimmed) < 0;
            if (opens || alone)
            {
                Array.Fill(output, ' ', at, wanted.Length);
            }
        }

        return new string(output);
    }

    // "Title, which …": a sentence that begins with the title's words says more than they do.
    private static bool GoesOn(ReadOnlySpan<char> after) =>
        after.Length > 3 && after[0] == ',' && after[1] == ' ' && char.IsLower(after[2]) && (char.IsLower(after[3]) || after[3] == ' ');

    /// <summary>The beginning of the description where it holds exactly the words of the title, in whatever order; else empty.</summary>
    public static string Opening(string description, string title)
    {
        var left = title.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var start = description.AsSpan().IndexOfAnyExcept(Trimmed);
        if (left.Count < FewestWords || start < 0)
        {
            return "";
        }

        var i = start;
        while (left.Count > 0)
        {
            while (i < description.Length && description[i] == ' ')
            {
                i++;
            }

            // A lost line break glues the last word to what follows.
            var end = description.AsSpan(i).IndexOfAny(' ', '\n') is var length and >= 0 ? i + length : description.Length;
            var last = left.Count == 1;
            var at = left.FindIndex(word =>
                last
                    ? description.AsSpan(i).StartsWith(word, StringComparison.OrdinalIgnoreCase)
                    : description.AsSpan(i, end - i).Equals(word, StringComparison.OrdinalIgnoreCase)
            );
            if (at < 0)
            {
                return "";
            }

            i += left[at].Length;
            left.RemoveAt(at);
        }

        return description[start..i];
    }
}
