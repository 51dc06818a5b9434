using System.Text.RegularExpressions;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Results of matches: "3-1", "1 x 2", "0:2".</summary>
internal static partial class Scores
{
    private const int TimeoutMilliseconds = 200;

    public static IEnumerable<(string First, string Second)> In(string text) =>
        Score().Matches(text).Select(match => (match.Groups["a"].Value, match.Groups["b"].Value));

    [GeneratedRegex(@"(?<![\d:./-])(?<a>\d{1,2})\s?[-–—:xX]\s?(?<b>\d{1,2})(?![\d:./-]|\s?[-–—:xX]\s?\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Score();
}
