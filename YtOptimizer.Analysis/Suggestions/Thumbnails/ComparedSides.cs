using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The two sides of a comparison in a title: "A vs B".</summary>
internal static partial class ComparedSides
{
    private const int MostWords = 4;

    /// <summary>Null where none is named in a few words.</summary>
    public static (string A, string B)? Of(Source source)
    {
        foreach (var clause in Marks().Split(TextCleaner.Tidy(source.SafeTitle)))
        {
            if (Versus().Match(clause) is not { Success: true } match)
            {
                continue;
            }

            var (a, b) = (OverlayClauses.Trim(clause[..match.Index]), OverlayClauses.Trim(clause[(match.Index + match.Length)..]));
            return IsSide(source, a) && IsSide(source, b) && !Versus().IsMatch(b) ? (a, b) : null;
        }

        return null;
    }

    private static bool IsSide(Source source, string side) =>
        side.Length > 1
        && side.Split(' ').Length <= MostWords
        && Graphemes.DisplayWidth(side) <= OverlayRules.Widest
        && source.Tokens(side) is { Count: > 0 } tokens
        && tokens.Exists(token => !token.IsStop);

    [GeneratedRegex(
        @"(?<![a-z])(?:vs\.?|versus)(?![\p{L}\d])|(?<=\s)(?:против|проти|gegen|kontra)(?=\s)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Versus();

    [GeneratedRegex(
        @"[|｜:：!?！？,，()\[\]【】#/]|\s[-–—•]\s|(?<!\bvs)\.\s",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Marks();
}
