using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What makes the words of a thumbnail worth a look.</summary>
internal enum ThumbnailHook
{
    None,
    List,
    Contrast,
    Result,
}

/// <summary>Tells the hook of the words of a thumbnail.</summary>
internal static partial class ThumbnailHooks
{
    private const int LeastOfList = 3;
    private const int MostOfList = 100;

    public static ThumbnailHook Of(Source source, string overlay)
    {
        var words = Folding.Fold(overlay);
        var lists = OverlayLists.For(source.Language.Code);
        if (IsList(source, overlay))
        {
            return ThumbnailHook.List;
        }

        if (Versus().IsMatch(words))
        {
            return ThumbnailHook.Contrast;
        }

        return Array.Exists(words.Split(' '), lists.Results.Contains) ? ThumbnailHook.Result : ThumbnailHook.None;
    }

    /// <summary>The number that the words begin with, empty where there is none.</summary>
    public static string Count(string overlay)
    {
        var end = 0;
        while (end < overlay.Length && char.IsAsciiDigit(overlay[end]))
        {
            end++;
        }

        return overlay[..end];
    }

    // "Top 10 …", "33 hacks": what is counted opens the title. Years, hours and the dead are no list.
    private static bool IsList(Source source, string overlay)
    {
        var count = Count(overlay);
        if (
            count.Length is 0 or > 3
            || int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) is < LeastOfList or > MostOfList
            || OverlayWords.CountsYearsOrTime(overlay)
        )
        {
            return false;
        }

        // "17 洗面所": the number of a part.
        var rest = overlay[count.Length..];
        if (Minutes().IsMatch(rest) || (rest.Length > 1 && rest[0] == ' ' && Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(rest)))))
        {
            return false;
        }

        var at = source.SafeTitle.IndexOf(count, StringComparison.Ordinal);
        return at >= 0 && source.Tokens(source.SafeTitle[..at]).TrueForAll(token => token.IsStop || token.Folded == "top");
    }

    [GeneratedRegex(@"^\s?(?:min|mins|sec|hrs?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.Timeout)]
    private static partial Regex Minutes();

    [GeneratedRegex(@"(?<=\S\s?)\b(?:vs|против|проти|gegen|contra|contre|kontra)\b(?=.)", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Versus();
}
