using System.Buffers;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <param name="Name">As it is written.</param>
/// <param name="IsPerson">A person, or what stands for one: a singer, a band.</param>
internal readonly record struct Drawable(string Name, bool IsPerson);

/// <summary>Which named things a picture can show: people, and what the text writes as a name. An idea, a verb or half a sentence cannot be
/// drawn.</summary>
internal static class DrawableThings
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|:\"#@?!");
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

        if (!text.AsSpan().ContainsAny('\'', '’') && TitleSegments.IsPerson(text, source))
        {
            return new(text, true);
        }

        var tokens = source.Tokens(text);
        var key = Folding.Fold(text);
        if (tokens.Count == 0 || tokens[0].IsStop || tokens[^1].IsStop || FormWords.SaysNothing(source, text))
        {
            return null;
        }

        // A dish is a noun in any case.
        if (source.Kind.About == VideoKind.Recipe && source.TagKeys.Contains(key) && !tokens.Exists(IsVerb))
        {
            return new(text, false);
        }

        var cased = text.Any(c => char.IsUpper(c) || char.IsLower(c));
        var named = cased
            ? tokens.TrueForAll(token => !token.IsStop || OverlayLists.For(source.Language.Code).Joins.Contains(token.Folded))
                && (source.Language.Code != "de" || source.TagKeys.Contains(key))
                && (
                    tokens.TrueForAll(token => token.Has(TokenFlags.Digits) || token.IsStop || source.IsNamed(token.Folded))
                    || IsTaggedName(source, tokens, key)
                )
            : source.TagKeys.Contains(key) && NamesByTag(source.Kind.About);
        return named && !tokens.TrueForAll(token => source.IsEveryday(token.Folded)) && !tokens.Exists(IsVerb) ? new(text, false) : null;

        bool IsVerb(Token token) => source.Places.IsVerb(token.Folded);
    }

    // What is tagged and holds no everyday word is mostly a name; a single word needs its capital as well.
    private static bool IsTaggedName(Source source, List<Token> tokens, string key) =>
        source.KnowsEveryday
        && source.TagKeys.Contains(key)
        && tokens.TrueForAll(token => token.IsStop || !source.IsEveryday(token.Folded))
        && (
            tokens.Count > 1
                ? tokens.TrueForAll(token => token.IsStop || token.Has(TokenFlags.Capitalized))
                : tokens[0].Has(TokenFlags.Capitalized) && !OverlayHooks.IsShouted(source.Text.TitleTokens)
        );

    // Without capitals only the tags of these kinds are mostly names of things.
    private static bool NamesByTag(VideoKind kind) => kind is VideoKind.Recipe or VideoKind.Review or VideoKind.Gaming or VideoKind.Trailer;
}
