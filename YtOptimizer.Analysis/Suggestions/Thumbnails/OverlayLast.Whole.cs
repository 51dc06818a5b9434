using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Chapters;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What makes a stretch of the title whole.</summary>
internal static partial class OverlayLast
{
    private static bool IsOfChannel(Source source, string text) =>
        TitleSegments.IsChannel(text, source)
        || Folding.Fold(source.Input.ChannelTitle ?? "").Contains(Folding.Fold(text), StringComparison.Ordinal);

    private static bool HasManyCapitals(List<Token> tokens) =>
        tokens.Count(token => token.Has(TokenFlags.Capitalized)) > tokens.Count * MostlyCapitals;

    private static bool IsShouted(List<Token> tokens) =>
        tokens.Count(token => token.Has(TokenFlags.AllCaps)) > tokens.Count * MostlyCapitals;

    // "Notebook App" of "Jupyter Notebook App", "BTS Cute" of "BTS Cute And Funny Moments".
    private static bool IsInside(List<Token> tokens, string[] words)
    {
        if (IsShouted(tokens))
        {
            return false;
        }

        for (var i = 0; i + words.Length <= tokens.Count; i++)
        {
            var end = i + words.Length - 1;
            if (words.Where((word, k) => tokens[i + k].Folded != word).Any())
            {
                continue;
            }

            bool Joins(int at) =>
                tokens[at].IsStop ? AnnouncedTopic.Links.Contains(tokens[at].Folded) : tokens[at].Has(TokenFlags.Capitalized);
            if (
                tokens[i].Has(TokenFlags.Capitalized)
                && (
                    (i > 0 && tokens[i].Before <= Gap.Joint && Joins(i - 1))
                    || (end + 1 < tokens.Count && tokens[end + 1].Before <= Gap.Joint && Joins(end + 1))
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlain(Source source, RankedPhrase phrase) =>
        PhraseQuality.IsPresentable(source, phrase)
        && TagQuality.IsTag(source, phrase)
        && !phrase.Candidate.Has(CandidateMarks.Stripped | CandidateMarks.Unglued | CandidateMarks.SplitHashtag | CandidateMarks.EdgeStop)
        && !OverlayWords.IsLoose(source, phrase);

    // "Reggie" of "Reggie Jackson", "Guadalupe" of "Rosa de Guadalupe", "Ann" of "Ann and Bob". Capitals throughout show no names.
    private static bool IsBesideName(List<Token> tokens, int at, bool capitals)
    {
        bool IsName(int i) => i >= 0 && i < tokens.Count && tokens[i].Has(TokenFlags.Capitalized) && !tokens[i].IsStop;
        bool Touches(int i) => i > 0 && i < tokens.Count && tokens[i].Before <= Gap.Joint;
        return !capitals
            && tokens[at].Has(TokenFlags.Capitalized)
            && (
                (Touches(at) && (IsName(at - 1) || (tokens[at - 1].IsStop && Touches(at - 1) && IsName(at - 2))))
                || (Touches(at + 1) && (IsName(at + 1) || (tokens[at + 1].IsStop && Touches(at + 2) && IsName(at + 2))))
            );
    }

    // As the title writes it, where it stands there as a whole.
    private static string? Find(string title, string text)
    {
        var at = title.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || text.Length == 0)
        {
            return null;
        }

        var end = at + text.Length;
        var unspaced = Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text)));
        return unspaced || ((at == 0 || !char.IsLetterOrDigit(title[at - 1])) && (end == title.Length || !char.IsLetterOrDigit(title[end])))
            ? title[at..end]
            : null;
    }

    private static bool Fits(Source source, string text)
    {
        var folded = Folding.Fold(text);
        return Graphemes.DisplayWidth(text) is >= Narrowest and <= Widest
            && text.Split(' ').Length <= MostWords
            && !HasLooseNumber().IsMatch(text)
            && !TitleParser.IsQualifier(folded)
            && !FormWords.SaysNothing(source, text)
            && TitleSegments.RoleOf(text, source)
                is not (SegmentRole.Episode or SegmentRole.Date or SegmentRole.Hashtag or SegmentRole.Qualifier)
            && Markup.Find(text).Count == 0
            && !text.AsSpan().ContainsAny(Unwanted)
            && !text.EnumerateRunes().Any(Graphemes.IsEmoji)
            && source.Tokens(text) is { Count: > 0 } tokens
            && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits))
            && (tokens.Count > 1 || !tokens[0].IsStop)
            && OverlayLimits.Allow(source, text);
    }
}
