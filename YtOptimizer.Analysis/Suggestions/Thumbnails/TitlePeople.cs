using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>People whom a title names by a first name that is no other word and the word behind it.</summary>
internal static class TitlePeople
{
    private const int ShortestSurname = 3;

    public static IEnumerable<string> Of(Source source)
    {
        var tokens = source.Text.TitleTokens;
        var title = source.SafeTitle;
        var lists = OverlayLists.For(source.Language.Code);
        // In a title of capitals a verb looks like a name; the title of a part names its show.
        if (OverlayHooks.IsShouted(tokens) || tokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal)))
        {
            yield break;
        }

        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var (first, last) = (tokens[i], tokens[i + 1]);
            if (
                lists.Given.Contains(first.Folded)
                && !(i > 0 && first.Before == Gap.Space && lists.Given.Contains(tokens[i - 1].Folded))
                && !lists.Given.Contains(last.Folded)
                && first.Has(TokenFlags.Capitalized)
                && last.Has(TokenFlags.Capitalized)
                && last.Before == Gap.Space
                && last.Length >= ShortestSurname
                && !last.IsStop
                && !last.Has(TokenFlags.Digits)
                && last.Has(TokenFlags.AllCaps) == first.Has(TokenFlags.AllCaps)
                && !source.IsEveryday(last.Folded)
                && !lists.Places.Contains(last.Folded)
                && !lists.Forms.Contains(last.Folded)
                && !PromisedWords.IsForm(source, last.Folded)
                && lists.MayBeSurname(last.Folded)
                && DrawableThings.IsAlone(source, title[first.Start..last.End], [first, last])
                && !TitleSegments.IsChannel(title[first.Start..last.End], source)
            )
            {
                yield return title[first.Start..last.End];
            }
        }
    }
}
