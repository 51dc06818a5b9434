using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Which two parts of a title are the sides of a match.</summary>
internal static partial class ThumbnailThings
{
    /// <summary>The sides of a match that the title names; null where it names none.</summary>
    public static (string A, string B)? MatchSides(Source source) =>
        Sides().Match(OpeningLabel().Replace(TextCleaner.Tidy(source.SafeTitle), "")) is { Success: true } sides && AreSides(source, sides)
            ? (Tidy(sides.Groups["a"].Value), Tidy(sides.Groups["b"].Value))
            : ComparedSides.Of(source);

    // A dash parts two sides only with a result or where the text names both; a side begins with a capital.
    private static bool AreSides(Source source, Match match)
    {
        string[] sides = [Tidy(match.Groups["a"].Value), Tidy(match.Groups["b"].Value)];
        var between = match.Value[match.Groups["a"].Length..^match.Groups["b"].Length].Trim();
        return Array.TrueForAll(sides, side =>
                side.Split(' ').Length <= 3 && !char.IsLower(side[0]) && !TitleSegments.IsChannel(side, source)
            )
            && (
                between is not ("-" or "–")
                || Array.TrueForAll(sides, side => source.Rest.Folded.Contains(Folding.Fold(side), StringComparison.Ordinal))
            );
    }

    [GeneratedRegex(@"^(?:\s*[\[【][^\]】]{1,24}[\]】]\s*)+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex OpeningLabel();
}
