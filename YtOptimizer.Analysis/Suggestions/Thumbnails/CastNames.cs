using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Who plays, where the description lists the cast: the first of a list is the lead.</summary>
internal static partial class CastNames
{
    private const int Read = 2500;
    private const int ShortestName = 5;

    /// <summary>Null where no cast is listed by whole names.</summary>
    public static string? Lead(Source source)
    {
        var text = source.SafeDescription.Length > Read ? source.SafeDescription[..Read] : source.SafeDescription;
        return Cast().Match(text) is { Success: true } match && match.Groups["name"].Value is { Length: >= ShortestName } name
            ? name
            : null;
    }

    [GeneratedRegex(
        @"(?<!\p{L})(?i:(?:star\s?cast|cast|starring|starcast|stars|oyuncular[ıi]?|в\s(?:главных\s)?ролях|elenco|reparto|besetzung|"
            + @"actors?|featuring|ft\.?))\s*[:：–-]?\s*(?<name>\p{Lu}[\p{Ll}'’]+(?: \p{Lu}[\p{Ll}'’]+){1,2})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Cast();
}
