using System.Buffers;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Names on which the title and the creator's tags agree: whom or what the video is about, whatever it is.</summary>
internal static partial class AgreedSubjects
{
    private const int MostTags = 60;
    private const int MostWords = 3;
    private const int Most = 3;
    private const int Widest = 32;
    private const int ShortestStem = 5;
    private const int LongestEnding = 3;
    private const int Salient = 3;
    private const int FewTokens = 2;
    private const int ShortestSurname = 4;
    private const int OpeningText = 300;
    private const int LongestName = 4;
    private static readonly SearchValues<char> Surnames = SearchValues.Create("김이박최정강조윤장임한오서신권황안송류홍전문손양배백허");

    /// <summary>In the order of the title, none inside another.</summary>
    public static List<Drawable> Of(Source source)
    {
        var title = source.Text.TitleTokens;
        var shouted = OverlayHooks.IsShouted(title);
        var found = new List<(int Start, int End, string Name)>();
        foreach (var tag in source.SafeTags.Take(MostTags))
        {
            if (Graphemes.DisplayWidth(tag) > Widest || tag.Split(' ').Length > MostWords)
            {
                continue;
            }

            var tokens = source.Tokens(tag);
            if (tokens.Count == 0)
            {
                continue;
            }

            if (WholePerson(source, title, tokens, tag) is { } person)
            {
                found.Add(person);
            }
            else if (
                Place(source, title, tokens, tag) is { } at
                && (tokens[0].IsUnspaced || tokens.Count <= MostWords)
                && !IsLastPart(source, at)
                && IsName(source, title, at, tokens, shouted)
            )
            {
                found.Add((at.Start, at.End, Named(source, title, at, tokens, tag)));
            }
        }

        if (found.Count == 0)
        {
            return TitleNames.Of(source) is { Count: > 0 } names ? names : Told(source);
        }

        return
        [
            .. found
                .Where(one =>
                    !found.Exists(other =>
                        other.Start <= one.Start && other.End >= one.End && other.End - other.Start > one.End - one.Start
                    )
                )
                .OrderBy(one => one.Start)
                .DistinctBy(one => one.Start)
                .Select(one => new Drawable(one.Name, IsPerson(source, one.Name), true))
                .Take(Most),
        ];
    }

    // Behind the last bar of a title stands who shows it.
    private static bool IsLastPart(Source source, (int Start, int End, int Ending) at)
    {
        var before = source.SafeTitle.AsSpan(0, at.Start).TrimEnd();
        return before.Length > 0
            && before[^1] is '|' or '/' or '｜'
            && source.SafeTitle.AsSpan(at.End).Trim().Length == 0
            && !source.SafeTitle.AsSpan(at.Start, at.End - at.Start).Contains(' ');
    }

    // A Korean name: a frequent surname before two syllables.
    private static bool IsKoreanName(string name) => name.Length == 3 && Surnames.Contains(name[0]);

    // Where the title has the words of the tag, one behind the other; a name alone also in a case.
    private static (int Start, int End, int Ending)? Place(Source source, List<Token> title, List<Token> tag, string text)
    {
        if (tag[0].IsUnspaced)
        {
            var at = source.SafeTitle.IndexOf(text, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? null : (at, at + text.Length, 0);
        }

        var inflects = tag.Count == 1 && tag[0].Length >= ShortestStem && ThumbnailThings.Inflects(source.Language.Code);
        var stem = inflects ? source.Stemming.Stem(tag[0].Folded) : "";
        for (var i = 0; i + tag.Count <= title.Count; i++)
        {
            var ending = 0;
            var fits = true;
            for (var j = 0; j < tag.Count && fits; j++)
            {
                var (own, other) = (title[i + j].Folded, tag[j].Folded);
                var last = j == tag.Count - 1;
                ending = own.Length - other.Length;
                fits =
                    (j == 0 || title[i + j].Before <= Gap.Joint)
                    && (
                        own == other
                        // Endings behind a Korean noun.
                        || (
                            last
                            && tag[j].Script == Script.Hangul
                            && ending is > 0 and <= LongestEnding - 1
                            && own.StartsWith(other, StringComparison.Ordinal)
                        )
                        || (inflects && Math.Abs(ending) <= LongestEnding && source.Stemming.Stem(own) == stem)
                    );
            }

            if (fits)
            {
                return (title[i].Start, title[i + tag.Count - 1].End, ending);
            }
        }

        return null;
    }

    private static bool IsName(Source source, List<Token> title, (int Start, int End, int Ending) at, List<Token> tag, bool shouted)
    {
        var lists = OverlayLists.For(source.Language.Code);
        var whole = string.Join(tag[0].IsUnspaced ? "" : " ", tag.Select(token => token.Folded));
        var own = title.FindAll(token => token.Start >= at.Start && token.End <= at.End);
        if (
            tag[0].IsStop
            || tag[^1].IsStop
            || tag.Exists(token =>
                token.Has(TokenFlags.Digits)
                || source.Template.Part.Contains(token.Folded, StringComparer.Ordinal)
                || PromisedWords.IsPart(token.Folded)
                || lists.Never.Contains(token.Folded)
                || lists.Shows.Contains(token.Folded)
                || lists.Forms.Contains(token.Folded)
                || lists.Telling.Contains(token.Folded)
                || lists.Events.Contains(token.Folded)
            )
            || (
                tag.TrueForAll(token => !IsStrange(source, lists, token))
                // "輝夜月": signs that are words each, together none.
                && !(tag[0].IsUnspaced && !source.IsEveryday(whole) && whole.Length <= LongestName)
                // "Peña Nieto": two words of the language that the description writes as a name.
                && !(tag.Count == 2 && tag.TrueForAll(token => source.IsNamed(token.Folded)) && source.Language.Code is not ("de" or "en"))
            )
            || lists.Forms.Contains(whole)
            || FormWords.SaysNothing(source, whole)
            || TitleSegments.IsChannel(whole, source)
            || lists.IsAdjective(tag[^1].Folded)
            || lists.IsAbstract(tag[^1].Folded)
            || source.Places.IsVerb(tag[0].Folded)
            || source.Places.IsVerb(tag[^1].Folded)
            || source.Sponsored.IsNamedIn(whole)
            || IsFeast(source, whole)
        )
        {
            return false;
        }

        var cased = tag[0].Script is Script.Latin || char.IsUpper(source.SafeTitle[at.Start]) || char.IsLower(source.SafeTitle[at.Start]);
        if (!cased)
        {
            // A verb or a whole clause; one word of a language of which few are known may be any.
            return !tag.Exists(token => token.IsStop)
                && !whole.Any(c => c is >= '\u3041' and <= '\u309F')
                && (!tag[0].IsUnspaced || whole.Length > 2)
                && (tag[0].Script != Script.Hangul || tag.TrueForAll(token => IsStrange(source, lists, token)))
                && (
                    tag.Count > 1
                    || tag[0].IsUnspaced
                    || IsKoreanName(whole)
                    || (CommonWords.For(source.Language.Code).IsKnown && CountTags(source, tag[0]) >= FewTokens)
                );
        }

        if (own.Exists(token => !token.IsStop && !token.Has(TokenFlags.Capitalized)))
        {
            return false;
        }

        if (tag.Count > 1)
        {
            if (
                source.Language.Code == "de"
                && !DrawableThings.IsFirstName(tag[0].Folded)
                && !tag.TrueForAll(token => IsStrange(source, lists, token))
            )
            {
                return false;
            }

            return !shouted || !(lists.IsOblique(tag[^1].Folded) || tag.Exists(token => token.IsStop));
        }

        return tag[0].Length > FewTokens
            && !IsOfChannel(source, tag[0])
            && (shouted || own[0].Has(TokenFlags.AllCaps) || !HasNeighbour(title, at.Start))
            && (
                source.IsNamed(tag[0].Folded)
                || (!shouted && IsInsideSentence(title, at.Start))
                || (!shouted && source.Language.Code != "de" && IsSalient(source, tag[0]))
            );
    }

    /// <summary>Whether it names a feast, which is seen by its things.</summary>
    public static bool IsFeast(Source source, string text) =>
        PictureWords
            .For(source.Language.Code)
            .In(source, text)
            .Any(picture => picture.Group is PictureGroup.Halloween or PictureGroup.Christmas);

    /// <summary>Whether it is no word of the language and none that says what form a video has.</summary>
    public static bool IsStrange(Source source, OverlayLists lists, Token token)
    {
        var word = token.Folded;
        return !token.IsStop
            && !source.IsEveryday(word)
            && !WordSet.Wide(source.Language.Code).Contains(word)
            && !(token.Script == Script.Latin && (WordSet.Wide("en").Contains(word) || CommonWords.For("en").HasWord(word)))
            && !lists.Forms.Contains(word)
            && !PromisedWords.IsForm(source, word)
            && !PromisedWords.IsFrame(word)
            && !TitleParser.IsQualifier(word)
            && !TitleParser.IsMonth(word);
    }

    // With a capital where most words of the title have none.
    private static bool IsInsideSentence(List<Token> title, int start)
    {
        var at = title.FindIndex(token => token.Start == start);
        var words = title.FindAll(token => !token.IsStop && !token.Has(TokenFlags.Digits));
        return at > 0 && title[at].Before <= Gap.Joint && words.Count(token => !token.Has(TokenFlags.Capitalized)) * 2 > words.Count;
    }

    // "шевцов", "шевцов стрим", "стрим шевцов": the tags come back to it.
    private static bool IsSalient(Source source, Token word) => CountTags(source, word) >= Salient;

    private static int CountTags(Source source, Token word) =>
        source.SafeTags.Take(MostTags).Count(tag => source.Tokens(tag).Exists(token => token.Folded == word.Folded));

    // A word of the channel's name is its sender, but for a long name that names somebody: "Velmar Beauty By Sorrel".
    private static bool IsOfChannel(Source source, Token word) =>
        source.Input.ChannelTitle is { } channel
        && source.Tokens(channel) is var tokens
        && tokens.Exists(token => token.Folded == word.Folded)
        && !(tokens.Count >= LongestName && IsSalient(source, word));

    // "México" in "Exatlón México".
    private static bool HasNeighbour(List<Token> title, int start)
    {
        var at = title.FindIndex(token => token.Start == start);
        return (at > 0 && title[at].Before == Gap.Space && IsCapital(title[at - 1]))
            || (at >= 0 && at + 1 < title.Count && title[at + 1].Before == Gap.Space && IsCapital(title[at + 1]));
    }

    private static bool IsCapital(Token token) =>
        token.Has(TokenFlags.Capitalized) && !token.IsStop && !token.Has(TokenFlags.AllCaps) && !token.Has(TokenFlags.Digits);

    // As the title writes it; in a case, or with an ending, as the tag does.
    private static string Named(Source source, List<Token> title, (int Start, int End, int Ending) at, List<Token> tokens, string tag)
    {
        var text = source.SafeTitle[at.Start..at.End];
        var own = title.FindLast(token => token.End == at.End).Folded;
        if (own is null || own == tokens[^1].Folded || tokens[0].IsUnspaced)
        {
            return text;
        }

        return tokens[^1].Script == Script.Hangul ? text[..^at.Ending]
            : char.IsUpper(text[0]) ? char.ToUpperInvariant(tag[0]) + tag[1..]
            : tag;
    }
}
