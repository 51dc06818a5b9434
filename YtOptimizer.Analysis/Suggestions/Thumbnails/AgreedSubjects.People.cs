using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <content>People whom the tags name by their whole names.</content>
internal static partial class AgreedSubjects
{
    // People whom the tags and the first sentences of the description name by their whole names.
    private static List<Drawable> Told(Source source)
    {
        var lists = OverlayLists.For(source.Language.Code);
        var opening = Folding.Fold(Graphemes.Take(source.AboutText.TrimStart(), OpeningText));
        return
        [
            .. source
                .SafeTags.Take(MostTags)
                .Where(tag =>
                    source.Tokens(tag) is { Count: 2 } tokens
                    && (DrawableThings.IsFirstName(tokens[0].Folded) || lists.Given.Contains(tokens[0].Folded))
                    && tokens[1].Length >= ShortestSurname
                    && lists.MayBeSurname(tokens[1].Folded)
                    && !lists.Forms.Contains(tokens[1].Folded)
                    && !lists.Places.Contains(tokens[1].Folded)
                    && !lists.Shows.Contains(tokens[1].Folded)
                    && !source.Sponsored.IsNamedIn(tag)
                    && opening.Contains(Folding.Fold(tag), StringComparison.Ordinal)
                    && !TitleSegments.IsChannel(tag, source)
                )
                .OrderBy(tag => opening.IndexOf(Folding.Fold(tag), StringComparison.Ordinal))
                .Select(tag => new Drawable(Capitals(tag), true, true))
                .DistinctBy(person => Folding.Fold(person.Name), StringComparer.Ordinal)
                .Take(FewTokens),
        ];
    }

    private static string Capitals(string text) =>
        string.Join(' ', text.Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static bool IsPerson(Source source, string name) =>
        IsKoreanName(name)
        || source.Tokens(name) is { Count: > 1 } tokens
            && (DrawableThings.IsFirstName(tokens[0].Folded) || OverlayLists.For(source.Language.Code).Given.Contains(tokens[0].Folded));

    // "angela merkel" where the title says "Merkel".
    private static (int Start, int End, string Name)? WholePerson(Source source, List<Token> title, List<Token> tag, string text)
    {
        var lists = OverlayLists.For(source.Language.Code);
        if (
            tag.Count != 2
            || !(DrawableThings.IsFirstName(tag[0].Folded) || lists.Given.Contains(tag[0].Folded))
            || tag[1].Length < ShortestSurname
            || !lists.MayBeSurname(tag[1].Folded)
            || !IsStrange(source, lists, tag[1])
            || TitleSegments.IsChannel(text, source)
        )
        {
            return null;
        }

        var at = title.FindIndex(token => token.Folded == tag[1].Folded && token.Has(TokenFlags.Capitalized));
        return
            at < 0
            || (
                at > 0
                && title[at - 1].Folded != tag[0].Folded
                && title[at].Before <= Gap.Joint
                && title[at - 1].Has(TokenFlags.Capitalized)
                && !title[at - 1].IsStop
                && !title[at - 1].Has(TokenFlags.AllCaps)
            )
            ? null
            : (title[at].Start, title[at].End, Capitals(text));
    }
}
