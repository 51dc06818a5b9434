using System.Collections.Frozen;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What is never shown large, wherever it was found: the channel's own name, form words, a torn stretch, a promise of healing
/// or riches, an accusation.</summary>
internal static class OverlayLimits
{
    private const int ShortestOfChannel = 3;
    private const double MostOfChannel = 0.7;
    private const int WidestSingle = 6;
    private const int ShortestWord = 4;

    /// <summary>Whether the words may be shown.</summary>
    public static bool Allow(Source source, string text)
    {
        if (OverlayHooks.IsSum(text))
        {
            return true;
        }

        var tokens = source.Tokens(text);
        var lists = OverlayLists.For(source.Language.Code);
        return tokens.Count > 0
            && !IsForm(lists, tokens)
            && !IsClaim(source, lists, text, tokens)
            && (IsSong(source) || !IsOfChannel(source, text, tokens))
            && (tokens.Count > 1 || tokens[0].IsUnspaced || IsSong(source) || IsKnownWord(source, lists, tokens[0], text))
            && !(tokens.Count > 1 && lists.IsChained(tokens[0].Folded))
            && !IsTorn(source, lists, text, tokens);
    }

    /// <summary>Whether it is one word, or as short as one.</summary>
    public static bool IsSingle(string text)
    {
        var unspaced = Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text)));
        return unspaced
            ? Graphemes.DisplayWidth(text) <= WidestSingle
            : !text.Contains(' ', StringComparison.Ordinal) && text[^1] is not ('?' or '？') && !text.Any(char.IsDigit);
    }

    private static bool IsSong(Source source) => source.Kind.About is VideoKind.Music or VideoKind.Performance;

    // "Punjabi Songs", "New Eritrean Film"
    private static bool IsForm(OverlayLists lists, List<Token> tokens) =>
        lists.Forms.Contains(tokens[^1].Folded)
        && (
            lists.Forms.Contains(tokens[0].Folded)
            || tokens.TrueForAll(token => token.IsStop || token.Has(TokenFlags.Digits) || lists.Forms.Contains(token.Folded))
        );

    // Said as a question it is open; a report may say who is accused of what.
    private static bool IsClaim(Source source, OverlayLists lists, string text, List<Token> tokens)
    {
        if (text[^1] is '?' or '？' or '؟')
        {
            return false;
        }

        bool Holds(FrozenSet<string> list, List<Token> words) => words.Exists(token => OverlayLists.Has(list, token.Folded));
        return Holds(lists.Cures, tokens) && !IsSong(source)
            || (
                source.Kind.About is not (VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Gaming)
                && Holds(lists.Accusations, tokens)
                && !Holds(lists.Charges, source.Text.TitleTokens)
            );
    }

    // The channel's name stands beside every thumbnail: "Pepe & Teo" of "PepeyTeo".
    private static bool IsOfChannel(Source source, string text, List<Token> tokens)
    {
        if (TitleSegments.IsChannel(text, source))
        {
            return true;
        }

        var own = Folding.Fold(source.Input.ChannelTitle ?? "").Replace(" ", "", StringComparison.Ordinal);
        var words = tokens.FindAll(token => !token.IsStop);
        var length = words.Sum(token => token.Folded.Length);
        return own.Length >= ShortestOfChannel
            && words.TrueForAll(token => own.Contains(token.Folded, StringComparison.Ordinal))
            && length >= ShortestOfChannel
            && (tokens[0].IsUnspaced || length >= own.Length * MostOfChannel);
    }

    // A single word is a name, a product or a tag of the creator; an everyday word says nothing alone.
    private static bool IsKnownWord(Source source, OverlayLists lists, Token token, string text) =>
        text[^1] is '?' or '？'
        || (source.Kind.About == VideoKind.Sports && token.Has(TokenFlags.Capitalized))
        || (source.Kind.About == VideoKind.Trailer && !source.IsEveryday(token.Folded))
        || (source.Kind.About == VideoKind.Talk && Opens(source.SafeTitle, text) && !source.IsEveryday(token.Folded))
        || lists.Makers.Contains(token.Folded)
        || (
            token.Length >= ShortestWord
            && !source.IsEveryday(token.Folded)
            && !lists.IsAbstract(token.Folded)
            && (source.IsNamed(token.Folded) || source.TagKeys.Contains(token.Folded) || source.Model.Lexicon.IsTag(token.Folded))
        );

    /// <summary>Whether the title opens with the words as a clause of their own: "Marge: a bot …".</summary>
    public static bool Opens(string title, string text)
    {
        var rest = title.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? title.AsSpan(text.Length).TrimStart() : "x";
        return rest.Length == 0 || rest[0] is ':' or '-' or '–' or '—' or '|' or ',';
    }

    private static bool IsTorn(Source source, OverlayLists lists, string text, List<Token> tokens)
    {
        var title = source.SafeTitle;
        var at = title.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || tokens[0].IsUnspaced)
        {
            return false;
        }

        var end = at + text.Length;
        // "Python 3/Django", "SEIS(6)MOS", "P!nk", "90%"
        if (
            BreaksWord(title, at - 1)
            || (at > 0 && title[at - 1] is '*')
            // "t tell" of "can't tell"; French and Italian words end at an apostrophe.
            || (at > 2 && title[at - 1] is '\'' or '’' && char.IsLetter(title[at - 2]) && source.Language.Code is not ("fr" or "it"))
            || BreaksWord(title, end)
            || (end < title.Length && title[end] is '%' or '*' or '+' && !char.IsWhiteSpace(title[end - 1]))
            || (end < title.Length && ((title[end] is '/' && at > 0 && EndsWithDigit(text)) || GoesOn(title[end - 1], title[end])))
            || (at > 0 && (GoesOn(title[at], title[at - 1]) || IsInsideBrackets(title, at)))
        )
        {
            return true;
        }

        // "development | of applications": a word in the case that the one before it asks for.
        var words = source.Text.TitleTokens;
        var first = words.FindIndex(token => token.Start == at);
        if (first > 0 && words[first].Before <= Gap.Joint && lists.IsOblique(words[first].Folded))
        {
            return true;
        }

        // "Ji Ghar Par Hain" of "Bhabi Ji Ghar Par Hain": a piece of a name in words that the language does not know.
        if (
            tokens.Count < 2
            || !source.KnowsEveryday
            || lists.Events.Contains(tokens[0].Folded)
            || source.TagKeys.Contains(Folding.Fold(text))
        )
        {
            return false;
        }

        return first > 0
            && words[first].Before <= Gap.Joint
            && IsForeignName(source, words[first])
            && IsForeignName(source, words[first - 1])
            && !OverlayHooks.IsShouted(words)
            && tokens.Count(token => !source.IsEveryday(token.Folded)) * 2 > tokens.Count;
    }

    private static bool IsForeignName(Source source, Token token) =>
        token.Has(TokenFlags.Capitalized) && !token.IsStop && !source.IsEveryday(token.Folded);

    // Latin and Cyrillic words end at a space or a mark; in other scripts an ending may be left out.
    private static bool GoesOn(char inside, char outside) =>
        char.IsLetter(inside) && inside < '\u0530' && (char.IsDigit(outside) || (char.IsLetter(outside) && outside < '\u0530'));

    // A mark between two letters stands for one, or joins them: "tr*p", "St-Louis", "P!nk".
    private static bool BreaksWord(string title, int at) =>
        at > 0
        && at + 1 < title.Length
        && title[at] is '!' or '*' or '$' or '@' or '%' or '&' or '_' or '.' or '-' or '+'
        && char.IsLetterOrDigit(title[at - 1])
        && char.IsLetterOrDigit(title[at + 1])
        && title[at - 1] < '\u2E80'
        && title[at + 1] < '\u2E80';

    private static bool EndsWithDigit(string text) => char.IsDigit(text[^1]);

    private static bool IsInsideBrackets(string title, int at)
    {
        if (title[at - 1] is not (')' or ']'))
        {
            return false;
        }

        var open = title.LastIndexOfAny(['(', '['], at - 1);
        return open > 0 && char.IsLetter(title[open - 1]);
    }
}
