using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Tells reports of death, accident and crime: of them nothing is cut out, enlarged or played again.</summary>
internal static class GraveWords
{
    public static bool Are(Source source)
    {
        var lists = OverlayLists.For(source.Language.Code);
        return source.Text.TitleTokens.Exists(token =>
                OverlayLists.Has(lists.Grave, token.Folded)
                || OverlayLists.Has(lists.Accusations, token.Folded)
                || lists.Charges.Contains(token.Folded)
            ) || lists.GraveUnspaced.Any(word => source.SafeTitle.Contains(word, StringComparison.Ordinal));
    }
}
