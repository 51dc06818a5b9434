using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Which two parts of a title are the sides of a match.</summary>
internal static partial class ThumbnailThings
{
    // Behind a track's name stands in brackets what form it has.
    private static string? Tracked(Source source, string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 2 && source.Tokens(text[open..]).Exists(token => OverlayLists.For(source.Language.Code).Forms.Contains(token.Folded))
            ? text[..open].TrimEnd()
            : null;
    }

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
}
