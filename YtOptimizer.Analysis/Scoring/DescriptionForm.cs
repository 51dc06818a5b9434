using System.Buffers;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Lines that are no paragraphs: a list squeezed into one line, and text broken by width.</summary>
internal static class DescriptionForm
{
    private const int FewestItems = 3;
    private const int LongestList = 400;
    private const int FewestLines = 4;
    private const int Narrow = 45;
    private const int Wide = 100;
    private const double MostSqueezed = 0.6;
    private const double MostWrapped = 0.85;

    private static readonly SearchValues<char> Bullets = SearchValues.Create("•●►▶▸▪■◆✔✓★☆→➤");
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?:;。！？…)]）】\"”»");

    /// <summary>The most that such lines earn and what is said of them; null for lines in order.</summary>
    /// <param name="lines">Those that are neither blank nor hashtags alone.</param>
    public static (double Most, string Evidence, string Fix)? Fault(List<string> lines)
    {
        if (lines.Count == 1)
        {
            // A longer text has lost its line breaks, and marks before links make no list.
            var items = lines[0].Length > LongestList || Markup.HasLink(lines[0]) ? 0 : Count(lines[0], Bullets);
            return items < FewestItems
                ? null
                : (
                    MostSqueezed,
                    FormattableString.Invariant($"One line holds a list of {items} items."),
                    "Give every item of the list a line of its own."
                );
        }

        // Within a sentence, at about the same width.
        var wrapped = 0;
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            var line = lines[i].AsSpan().TrimEnd();
            var next = lines[i + 1].AsSpan().TrimStart();
            wrapped += line.Length is >= Narrow and <= Wide && !Ends.Contains(line[^1]) && next.Length > 0 && char.IsLower(next[0]) ? 1 : 0;
        }

        return lines.Count < FewestLines || wrapped * 2 < lines.Count
            ? null
            : (MostWrapped, "Most lines end within a sentence.", "Join lines that end within a sentence into paragraphs.");
    }

    private static int Count(string text, SearchValues<char> wanted)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += wanted.Contains(c) ? 1 : 0;
        }

        return count;
    }
}
