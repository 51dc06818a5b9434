using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>The dish with the word for recipe, and with "how to make".</content>
internal sealed partial class KindFormTitles
{
    // From here on the video shows how the dish is made, and not only how it is eaten.
    private const double Cooked = 0.8;
    private const int Quoted = 2000;

    private bool IsInflected =>
        code is "ru" or "uk" or "pl" or "cs" or "sk" or "lt" or "tr" or "ar" or "he" or "hi" or "bn" or "ta" or "te";

    private IEnumerable<TitleDraft> Recipe()
    {
        var folded = Folding.Fold(source.SafeTitle);
        if (
            words.Recipe is not { } pattern
            || KindConventions.Terms(VideoKind.Recipe, code).Any(term => folded.Contains(Folding.Fold(term), StringComparison.Ordinal))
            || folded.Contains("recipe", StringComparison.Ordinal)
            || Dish() is not { } dish
            || (code == "en" && dish.EndsWith('s'))
        )
        {
            yield break;
        }

        if (shape.Finish(Filled(pattern, dish, "")) is { } finished)
        {
            yield return new TitleDraft(
                finished,
                TitleApproach.KindForm,
                "Names the dish with the word for recipe, as viewers search for it.",
                0.78,
                pattern.Replace("{dish}", " ", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    // "Cómo hacer gelatina de mandarina": where the kind is sure, making it is what the video shows.
    private IEnumerable<TitleDraft> Cook()
    {
        var folded = " " + Folding.Fold(source.SafeTitle) + " ";
        if (
            words.Cook is not { } pattern
            || source.Kind.Confidence < Cooked
            || source.Kind.Kind != VideoKind.Recipe
            || words.HowTo.Any(opening => folded.Contains(" " + Folding.Fold(opening) + " ", StringComparison.Ordinal))
            || words.HowToEnds.Any(end => folded.Contains(Folding.Fold(end), StringComparison.Ordinal))
            || Dish() is not { } dish
        )
        {
            yield break;
        }

        var article = pattern.Contains("{the dish}", StringComparison.Ordinal) ? Article(dish) : "";
        if (article is not null && shape.Finish(shape.Cased(Filled(pattern, dish, article))) is { } finished)
        {
            yield return new TitleDraft(
                finished,
                TitleApproach.HowTo,
                "Names the dish in the words that viewers who want to make it type.",
                0.76,
                pattern.Replace("{the dish}", " ", StringComparison.Ordinal).Replace("{dish}", " ", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    // In languages with cases only a dish that stands as a tag, where it is in its plain form.
    private string? Dish()
    {
        var dish = parts
            .Where(part => part.Kind == TitlePartKind.Topic && !part.Bracketed)
            .Select(part => Casing.Calm(part.Text.Trim('!', '?', ' '), source))
            .FirstOrDefault(IsDish)
            ?? source.SafeTags.FirstOrDefault(tag =>
                IsDish(tag)
                && !TitleSegments.IsChannel(tag, source)
                && source.TagKeys.Contains(Folding.Fold(tag))
                && source.Primary is { } primary
                && Folding.Fold(tag).Contains(primary.Key, StringComparison.Ordinal)
            );
        return dish is not null && IsInflected && !source.TagKeys.Contains(Folding.Fold(dish)) ? null : dish;
    }

    private string Filled(string pattern, string dish, string article)
    {
        var small = dish.Length > 1 && char.IsUpper(dish[0]) && char.IsLower(dish[1]) ? Casing.Lower(dish[..1], code) + dish[1..] : dish;
        return pattern
            .Replace("{Dish}", Casing.Capitalize(dish, code), StringComparison.Ordinal)
            .Replace("{the dish}", article + small, StringComparison.Ordinal)
            .Replace("{dish}", code is "es" or "pt" or "id" or "vi" ? small : dish, StringComparison.Ordinal);
    }

    // The article that the creator writes before the dish, null where there is none: its gender is not known here.
    private string? Article(string dish)
    {
        var text = Graphemes.Take(source.SafeTitle + "\n" + source.AboutText, Quoted);
        foreach (var article in words.DishArticles)
        {
            var whole = article.EndsWith('\'') ? article : article + " ";
            for (
                var at = text.IndexOf(whole + dish, StringComparison.OrdinalIgnoreCase);
                at >= 0;
                at = text.IndexOf(whole + dish, at + 1, StringComparison.OrdinalIgnoreCase)
            )
            {
                if (at == 0 || !char.IsLetter(text[at - 1]))
                {
                    return whole;
                }
            }
        }

        return null;
    }

    private bool IsDish(string text) =>
        text.Length is >= 3 and <= 45
        && source.Tokens(text) is { Count: >= 1 and <= 6 } tokens
        && !tokens[0].IsStop
        && !text.Any(c => c is '?' or '!' or ',' or ':' or '#' or '&')
        && !text.Any(char.IsDigit)
        && !tokens.Exists(token => PhraseQuality.IsEverywhere(token.Folded))
        && tokens.Count(token => token.Has(TokenFlags.AllCaps)) < 2
        && !(code is "ar" && text[0] == 'و')
        && !TitleParser.IsQualifier(Folding.Fold(text));
}
