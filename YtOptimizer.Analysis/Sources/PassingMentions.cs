using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Words that the text says in passing: labels of links and lists, shouted calls, a turn of one sentence of the description.
/// They name nothing that the video is about.</summary>
internal static class PassingMentions
{
    private const double Likely = 0.15;
    private const double Sure = 0.3;
    private const int ShoutedFrom = 4;

    public static bool Has(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (PhraseQuality.IsTagged(source, phrase) || candidate.HashtagCount > 0 || candidate.Quoted > 0 || phrase.Probability >= Sure)
        {
            return false;
        }

        return candidate.TitleCount > 0
            ? candidate is { Words.Length: 1, TitleCount: 1 } && OpensLaterSentence(source, candidate)
            : IsLabel(source, candidate)
                || IsShouted(source, candidate)
                || (phrase.Probability < Likely && !source.Model.Lexicon.IsTag(phrase.Key) && IsSaidOnce(candidate));
    }

    // "Jane sings! Listen now": the capital is that of the sentence.
    private static bool OpensLaterSentence(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var at = candidate.FirstInTitle;
        return at > 0
            && at + 1 < tokens.Count
            && tokens[at].Before >= Gap.Break
            && tokens[at].Has(TokenFlags.Capitalized)
            && !tokens[at].Has(TokenFlags.AllCaps)
            && tokens[at + 1].Before == Gap.Space
            && !tokens[at + 1].Has(TokenFlags.Capitalized | TokenFlags.Digits)
            && !tokens[at].IsUnspaced
            && !source.IsNamed(candidate.Key)
            && !source.Model.Lexicon.IsTag(candidate.Key);
    }

    // "Page link: http://…", "Chief AD: Jane Roe"; a person in a list stands before a colon, too.
    private static bool IsLabel(Source source, Candidate candidate)
    {
        if (candidate.BeforeLink >= candidate.DescriptionCount && candidate.Capitalized < candidate.Total)
        {
            return true;
        }

        var tokens = source.Text.DescriptionTokens;
        var last = candidate.FirstInDescription + candidate.Words.Length - 1;
        if (
            candidate.DescriptionCount != 1
            || last < 0
            || last + 1 >= tokens.Count
            || tokens[last].Has(TokenFlags.AfterColon)
            || !tokens[last + 1].Has(TokenFlags.AfterColon)
        )
        {
            return false;
        }

        var first = tokens[candidate.FirstInDescription];
        var person =
            candidate.Words.Length is 2 or 3
            && candidate.Capitalized >= candidate.Total
            && !tokens[last].Has(TokenFlags.AllCaps)
            && !Array.Exists(candidate.Words, source.IsEveryday);
        return !person && (first.Before >= Gap.Break || first.Has(TokenFlags.Unglued));
    }

    private static bool IsShouted(Source source, Candidate candidate)
    {
        var tokens = source.Text.DescriptionTokens;
        var at = candidate.FirstInDescription;
        if (candidate is not { Words.Length: 1, DescriptionCount: 1 } || at < 0 || at >= tokens.Count)
        {
            return false;
        }

        return candidate.Key.Length >= ShoutedFrom
            && tokens[at].Has(TokenFlags.AllCaps)
            && (
                (at > 0 && tokens[at].Before == Gap.Space && tokens[at - 1].Has(TokenFlags.AllCaps))
                || (at + 1 < tokens.Count && tokens[at + 1].Before == Gap.Space && tokens[at + 1].Has(TokenFlags.AllCaps))
            );
    }

    // Two words of one sentence, without a capital.
    private static bool IsSaidOnce(Candidate candidate) =>
        candidate is { DescriptionCount: 1, Capitalized: 0 } && (candidate.Words.Length > 1 || candidate.Has(CandidateMarks.Unspaced));
}
