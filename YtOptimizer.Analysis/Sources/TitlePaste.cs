using System.Buffers;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Finds the title where a description only repeats it.</summary>
internal static class TitlePaste
{
    private const int Shortest = 12;
    private static readonly SearchValues<char> Trimmed = SearchValues.Create(" \t\r\n.!?-–—:|*\"“”。！？");

    /// <summary>The description with the title blanked at its start and where it is a line of its own; offsets stay.</summary>
    public static string Blank(string description, string title)
    {
        var wanted = title.Trim();
        if (wanted.Length < Shortest || !description.Contains(wanted, StringComparison.OrdinalIgnoreCase))
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
            var opens = output.AsSpan(0, at).IndexOfAnyExcept(Trimmed) < 0;
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
}
