using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Names that a title alone shows: capitals in the middle of small words, of no word of the language.</summary>
internal static class TitleNames
{
    private const int MostWords = 3;
    private const int Most = 2;
    private const int ShortestName = 4;
    private const int LongestJoint = 3;
    private const double LeastSmall = 0.4;
    private const double LeastKnown = 0.5;

    /// <summary>In the order of the title; empty where its capitals or its language say nothing.</summary>
    public static List<Drawable> Of(Source source)
    {
        var tokens = source.Text.TitleTokens;
        var words = tokens.FindAll(token => !token.IsStop && !token.Has(TokenFlags.Digits));
        var lists = OverlayLists.For(source.Language.Code);
        if (
            words.Count == 0
            || source.Language.Code == "de"
            || ThumbnailThings.Inflects(source.Language.Code) && source.Language.Code != "tr"
            || tokens.Exists(token => token.IsUnspaced)
            || tokens.Count(token => token.IsStop || !AgreedSubjects.IsStrange(source, lists, token)) < tokens.Count * LeastKnown
        )
        {
            return [];
        }

        var calm = tokens.Count(token => !token.Has(TokenFlags.Capitalized)) >= tokens.Count * LeastSmall;
        var found = new List<Drawable>();
        for (var i = 0; i < tokens.Count && found.Count < Most; i++)
        {
            if (!IsName(source, lists, tokens, i, calm))
            {
                continue;
            }

            var (start, end) = (i, i);
            while (
                start > 0
                && calm
                && tokens[start].Before == Gap.Space
                && Belongs(tokens[start - 1])
                && (start > 1 || IsGiven(lists, tokens[0]) || AgreedSubjects.IsStrange(source, lists, tokens[0]))
            )
            {
                start--;
            }

            while (end + 1 < tokens.Count && tokens[end + 1].Before == Gap.Space && Belongs(tokens[end + 1]) && calm)
            {
                end++;
            }

            var text = source.SafeTitle[tokens[start].Start..tokens[end].End];
            if (
                end - start < MostWords
                && !tokens[start..(end + 1)].Exists(token => lists.Forms.Contains(token.Folded))
                && !FormWords.SaysNothing(source, text)
                && !TitleSegments.IsChannel(text, source)
                && !AgreedSubjects.IsFeast(source, text)
            )
            {
                found.Add(new(text, IsPerson(lists, tokens[start], end > start), true));
            }

            i = end;
        }

        return found;
    }

    private static bool IsPerson(OverlayLists lists, Token first, bool several) => several && IsGiven(lists, first);

    private static bool IsGiven(OverlayLists lists, Token token) =>
        DrawableThings.IsFirstName(token.Folded) || lists.Given.Contains(token.Folded);

    // Behind the last bar stands who shows it.
    private static bool IsSender(Source source, Token token) =>
        source.SafeTitle.AsSpan(0, token.Start).TrimEnd() is { Length: > 0 } before
        && before[^1] is '|' or '/'
        && source.SafeTitle.AsSpan(token.End).Trim().Length == 0;

    // In a title of capitals a word beside another is a part of something longer.
    private static bool HasNeighbour(List<Token> tokens, int at) =>
        (at > 0 && tokens[at].Before == Gap.Space && IsLarge(tokens[at - 1]))
        || (at + 1 < tokens.Count && tokens[at + 1].Before == Gap.Space && IsLarge(tokens[at + 1]));

    private static bool IsLarge(Token token) => token.Has(TokenFlags.Capitalized) && !token.IsStop;

    private static bool Belongs(Token token) =>
        token.Has(TokenFlags.Capitalized) && !token.IsStop && !token.Has(TokenFlags.Digits) && !token.Has(TokenFlags.AllCaps);

    private static bool IsName(Source source, OverlayLists lists, List<Token> tokens, int at, bool calm)
    {
        var token = tokens[at];
        // "Gürsel'in": an apostrophe parts a name from its case.
        if (
            source.Language.Code == "tr"
            && token.Has(TokenFlags.Capitalized)
            && token.Length >= ShortestName
            && token.End < source.SafeTitle.Length
            && source.SafeTitle[token.End] is '\'' or '’'
        )
        {
            return !lists.Shows.Contains(token.Folded);
        }

        // "Sérgio Moro": a first name before another capital; "by Velmar" says who made it.
        if (at > 0 && tokens[at - 1].Folded is "by" or "with")
        {
            return false;
        }

        if (
            calm
            && Belongs(token)
            && IsGiven(lists, token)
            && at + 1 < tokens.Count
            && tokens[at + 1].Before == Gap.Space
            && Belongs(tokens[at + 1])
        )
        {
            return true;
        }

        if (
            !token.Has(TokenFlags.Capitalized)
            || token.Length < ShortestName
            || !token.Folded.All(char.IsLetter)
            || !AgreedSubjects.IsStrange(source, lists, token)
            || lists.Shows.Contains(token.Folded)
            || lists.Makers.Contains(token.Folded)
            || lists.IsAbstract(token.Folded)
            || PromisedWords.IsPart(token.Folded)
            || source.Places.IsVerb(token.Folded)
        )
        {
            return false;
        }

        var inside = at > 0 && tokens[at].Before <= Gap.Joint;
        return (calm && inside && !tokens[at - 1].Has(TokenFlags.AllCaps))
            || (source.IsNamed(token.Folded) && !(HasNeighbour(tokens, at) && OverlayHooks.IsShouted(tokens)) && !IsSender(source, token))
            // "Yamina et Florian"
            || (
                calm
                && at == 0
                && tokens.Count > 2
                && tokens[1].IsStop
                && tokens[1].Length <= LongestJoint
                && Belongs(tokens[2])
                && AgreedSubjects.IsStrange(source, lists, tokens[2])
            );
    }
}
