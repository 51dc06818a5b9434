using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The two sides of a comparison in a title: "A vs B".</summary>
internal static partial class ComparedSides
{
    private const int MostWords = 4;
    private const int MostInflected = 2;
    private const int YearDigits = 4;

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
            var inflects = !match.Value.StartsWith('v') && !match.Value.StartsWith('V');
            return
                IsSide(source, a, inflects)
                && IsSide(source, b, inflects)
                && !Versus().IsMatch(b)
                && !string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
                ? (a, b)
                : null;
        }

        return null;
    }

    // Behind "against" a name may stand in a case, and a sentence may go on.
    private static bool IsSide(Source source, string side, bool inflects) =>
        side.Length > 1
        && side.Split(' ').Length <= MostWords
        && Graphemes.DisplayWidth(side) <= OverlayRules.Widest
        && source.Tokens(side) is { Count: > 0 } tokens
        && tokens.Exists(token => !token.IsStop)
        && !tokens.Exists(token => token.Has(TokenFlags.Digits) && token.Length == YearDigits)
        && (!inflects || (tokens.Count <= MostInflected && char.IsUpper(side[0]) && !tokens.Exists(token => token.IsStop)));

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
