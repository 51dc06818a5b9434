using System.Buffers;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <param name="Name">As it is written.</param>
/// <param name="IsPerson">A person, or what stands for one: a singer, a band.</param>
/// <param name="IsAgreed">Named by title and tags, of whatever sort it is.</param>
internal readonly record struct Drawable(string Name, bool IsPerson, bool IsAgreed = false);

/// <summary>Which named things a picture can show: people by their whole name, products, dishes, films. Of anything else it is not
/// certain that it can be seen.</summary>
internal static class DrawableThings
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|:\"#@?!&,/");
    private static readonly FrozenSet<string> FirstNames = WordList
        .Section("title-words.txt", "first names")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);
    private const int FilmStart = 5;
    private const int MostWords = 4;
    private const int Widest = 36;

    /// <summary>Null where it is none.</summary>
    public static Drawable? Of(Source source, string? text)
    {
        if (
            text is null
            || Graphemes.DisplayWidth(text) > Widest
            || text.Split(' ').Length > MostWords
            || text.AsSpan().ContainsAny(Unwanted)
        )
        {
            return null;
        }

        var tokens = source.Tokens(text);
        if (tokens.Count == 0 || tokens[0].IsStop || tokens[^1].IsStop || tokens.Exists(token => source.Places.IsVerb(token.Folded)))
        {
            return null;
        }

        if (IsPerson(source, text, tokens))
        {
            return new(text, true);
        }

        if (FormWords.SaysNothing(source, text) || !source.SafeTitle.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return
            IsProduct(source, text, tokens)
            || (source.Kind.About == VideoKind.Recipe && IsDish(source, text, tokens))
            || (source.Kind.About == VideoKind.Trailer && IsFilm(source, text, tokens))
            ? new(source.Kind.About == VideoKind.Trailer ? OverlayRules.WithoutForm(source, text) : text, false)
            : null;
    }

    // A maker alone names no product.
    private static bool IsProduct(Source source, string text, List<Token> tokens) =>
        tokens.Count > 1 && OverlayLists.For(source.Language.Code).Makers.Contains(tokens[0].Folded) && text.Any(char.IsLetter);

    // A part of the title of its own that the creator tags.
    private static bool IsDish(Source source, string text, List<Token> tokens)
    {
        var lists = OverlayLists.For(source.Language.Code);
        return source.TagKeys.Contains(Folding.Fold(text))
            && TitleSegments.Split(source.SafeTitle, source).Exists(part => part.Role == SegmentRole.Topic && part.Text == text)
            && !tokens.Exists(token =>
                token.IsStop
                || lists.Before.Contains(token.Folded)
                || lists.Forms.Contains(token.Folded)
                || lists.Places.Contains(token.Folded)
                || lists.IsAbstract(token.Folded)
                || PromisedWords.IsForm(source, token.Folded)
            );
    }

    // Two words or three with capitals that the text knows as a name; no show with its number, no place, no everyday words.
    private static bool IsPerson(Source source, string text, List<Token> tokens)
    {
        if (text.AsSpan().ContainsAny('\'', '’') || !TitleSegments.IsPerson(text, source) || TitleSegments.IsChannel(text, source))
        {
            return false;
        }

        var lists = OverlayLists.For(source.Language.Code);
        if (
            tokens.Exists(token =>
                token.Has(TokenFlags.Digits)
                || lists.Forms.Contains(token.Folded)
                || lists.Places.Contains(token.Folded)
                || lists.Makers.Contains(token.Folded)
                || PromisedWords.IsForm(source, token.Folded)
            )
        )
        {
            return false;
        }

        if (!IsAlone(source, text, tokens) || !lists.MayBeSurname(tokens[^1].Folded))
        {
            return false;
        }

        if (FirstNames.Contains(tokens[0].Folded))
        {
            return true;
        }

        // Two words with capitals in the title of a talk are its subject.
        return source.Kind.About != VideoKind.Talk
            && !IsNumbered(source)
            && !(source.Kind.About == VideoKind.Trailer && source.SafeTitle.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            // "Upcoming Twist" in a title of another language.
            && !tokens.TrueForAll(token => WordSet.Wide("en").Contains(token.Folded) || CommonWords.For("en").HasWord(token.Folded))
            && !tokens.Exists(token => lists.IsAbstract(token.Folded) || source.IsEveryday(token.Folded))
            && tokens.TrueForAll(token => source.IsNamed(token.Folded) || IsInsideSentence(source, token.Folded));
    }

    public static bool IsFirstName(string folded) => FirstNames.Contains(folded);

    /// <summary>Whether the title has the whole name, and no list of names around it, or the surname alone: "Merkel" of "Angela
    /// Merkel".</summary>
    public static bool IsAlone(Source source, string text, List<Token> tokens)
    {
        var title = source.SafeTitle;
        var at = title.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var before = title.AsSpan(0, at).TrimEnd();
            var after = title.AsSpan(at + text.Length).TrimStart();
            return !(before.Length > 0 && before[^1] is ',' or '&' or '[' or '+') && !(after.Length > 0 && after[0] is ',' or '&' or '+');
        }

        var words = source.Text.TitleTokens;
        var last = words.FindIndex(token => token.Folded == tokens[^1].Folded);
        return last >= 0
            && words[last].Has(TokenFlags.Capitalized)
            && !(last > 0 && words[last].Before <= Gap.Joint && words[last - 1].Has(TokenFlags.Capitalized) && !words[last - 1].IsStop);
    }

    // "Gelin Evi 607. Bölüm": in the title of a part two words with capitals are the show.
    private static bool IsNumbered(Source source) =>
        source.Text.TitleTokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal));

    // With a capital where its neighbour in the title has none.
    private static bool IsInsideSentence(Source source, string folded)
    {
        var tokens = source.Text.TitleTokens;
        var at = tokens.FindIndex(token => token.Folded == folded);
        return at > 0
            && tokens[at].Has(TokenFlags.Capitalized)
            && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.Digits));
    }

    private static bool IsFilm(Source source, string text, List<Token> tokens)
    {
        var lists = OverlayLists.For(source.Language.Code);
        return text.Any(char.IsUpper)
            && !tokens.Exists(token => lists.Forms.Contains(token.Folded))
            && (tokens.Count > 1 || !source.IsEveryday(tokens[0].Folded))
            // Behind the film stand its actors and its studio.
            && source.SafeTitle.IndexOf(text, StringComparison.OrdinalIgnoreCase) is >= 0 and <= FilmStart;
    }
}
