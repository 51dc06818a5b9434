using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which phrases may be new hashtags: tags of the creator, parts of the title, whole names that it takes up, its likely topics;
/// a single word only where it is a name by itself. None is better than a loose word.</summary>
internal static class HashtagTopics
{
    private const int MostWords = 3;
    private const int FewestWords = 8;
    private const double LikelyName = 0.1;
    private const double LikelyTopic = 0.2;
    private const double SureTopic = 0.3;

    // Languages that write a name in cases: a word of running text is seldom the name itself.
    private static readonly HashSet<string> Inflecting = new(
        ["ru", "uk", "be", "bg", "sr", "hr", "sl", "pl", "cs", "sk", "lt", "lv", "tr", "az", "fi", "hu", "et", "el", "ar", "he"],
        StringComparer.Ordinal
    );

    public static bool Has(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        var word = candidate.Words.Length == 1;
        if (
            candidate.Has(CandidateMarks.WholeTitle)
            || candidate.Words.Length > MostWords
            || !PhraseQuality.IsPresentable(source, phrase)
            || FormWords.SaysNothing(source, phrase.Surface)
            || IsPartOfChannel(source, phrase)
            || MergedWordFilter.Has(source, phrase)
            || CutPhrases.Has(source, phrase)
            || (ClauseParts.Has(source, phrase) && !PhraseQuality.IsTagged(source, phrase))
            || HashtagForms.Introduces(phrase.Key)
            || HashtagForms.IsDenied(source, phrase)
            || HashtagForms.IsCutOff(source, phrase)
            || HashtagForms.IsPartCode(phrase.Key)
            || (word && IsCounted(source, candidate))
            || char.IsDigit(candidate.Key[0])
            || HashtagUse.EndsInOrdinal(source, candidate)
            || (HashtagUse.IsInCase(source, candidate) && !PhraseQuality.IsTagged(source, phrase))
        )
        {
            return false;
        }

        if (PhraseQuality.IsTagged(source, phrase) && !(word && IsWordByWord(source)))
        {
            return !(word && IsHalfName(source, phrase))
                && (candidate.TitleCount > 0 || phrase.Probability >= SureTopic || SharesTitleWord(source, candidate))
                && (!word || !source.IsEveryday(candidate.Key) || source.IsNamed(candidate.Key));
        }

        return !candidate.Words.Any(part => part.All(char.IsDigit))
            && !NameRuns.IsCut(source, candidate)
            && (word ? IsNameAlone(source, phrase) : IsTopicOrName(source, phrase));
    }

    // "TOP" of "TOP 5".
    private static bool IsCounted(Source source, Candidate candidate) =>
        source.IsEveryday(candidate.Key)
        && candidate.FirstInTitle >= 0
        && candidate.FirstInTitle + 1 < source.Text.TitleTokens.Count
        && source.Text.TitleTokens[candidate.FirstInTitle + 1] is { Script: Script.Number, Before: Gap.Space };

    private static bool IsTopicOrName(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (Array.TrueForAll(candidate.Words, part => source.IsEveryday(part) && !source.IsNamed(part)) && phrase.Probability < SureTopic)
        {
            return false;
        }

        // In such a title neighbours are as often a clause ("Roe Answers"): other creators or the ranker must know them.
        var large = TitleNames.Shouts(source) || NameRuns.WritesAllLarge(source.Text.TitleTokens);
        if (
            large
            && candidate.TitleCount > 0
            && phrase.Probability < SureTopic
            && !source.Model.Lexicon.IsTag(phrase.Key)
            && !candidate.Has(CandidateMarks.TitleSegment)
            && candidate.Stops == 0
            && Array.Exists(candidate.Words, part => source.IsEveryday(part) || source.Places.IsVerb(part))
        )
        {
            return false;
        }

        // Capitals of a title that writes every word large mark no name.
        return candidate.TitleCount > 0
            ? TitleNames.IsNamed(source, phrase) || phrase.Probability >= LikelyTopic
            : candidate.Capitalized >= candidate.Total && SharesTitleWord(source, candidate);
    }

    // "Jane" of the title's "Jane Roe".
    private static bool IsHalfName(Source source, RankedPhrase phrase) =>
        !phrase.Candidate.Has(CandidateMarks.TitleSegment)
        && (
            NameRuns.IsCut(source, phrase.Candidate)
            || (phrase.Candidate.TitleCount > 0 && NameRuns.IsPartInTitle(source, phrase.Candidate))
        );

    // "ultimate, fighting, championship": who tags word by word names nothing with one of them.
    private static bool IsWordByWord(Source source) =>
        source.SafeTags.Count >= FewestWords
        && source.SafeTags.Count(tag => !tag.Trim().Contains(' ', StringComparison.Ordinal)) * 10 >= source.SafeTags.Count * 8
        && !source.Text.TitleTokens.Exists(token => token.IsUnspaced);

    private static bool IsNameAlone(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        var key = candidate.Key;
        if (
            candidate.TitleCount == 0
            || phrase.Probability < LikelyName
            || (NameRuns.IsPartInTitle(source, candidate) && !IsSureInCapitals(source, phrase))
        )
        {
            return false;
        }

        if (!key.Any(c => char.ToUpperInvariant(c) != c))
        {
            // A script without capitals.
            return phrase.Probability >= SureTopic || (candidate.Has(CandidateMarks.TitleSegment) && phrase.Probability >= LikelyTopic);
        }

        // A capital says little where all words have one, and nothing at the start of the title.
        var plain = candidate.FirstInTitle > 0 && !NameRuns.WritesAllLarge(source.Text.TitleTokens);
        return candidate.Capitalized >= candidate.Total
            && !source.IsEveryday(key)
            && !source.Places.IsVerb(key)
            && (
                !Inflecting.Contains(source.Language.Code)
                || IsForeign(source, key)
                || (candidate.DescriptionCount > 1 && source.IsNamed(key))
                || candidate.Has(CandidateMarks.TitleSegment)
            )
            && (plain || source.IsNamed(key) || candidate.Has(CandidateMarks.TitleSegment));
    }

    // Where all is written in capitals, neighbours make no name.
    private static bool IsSureInCapitals(Source source, RankedPhrase phrase) =>
        phrase.Probability >= SureTopic
        && phrase.Candidate.AllCaps > 0
        && source.Text.TitleTokens.Count(token => token.Has(TokenFlags.AllCaps)) * 10 >= source.Text.TitleTokens.Count * 7;

    // "Redis" in a Russian title has no case.
    private static bool IsForeign(Source source, string key) =>
        key.All(char.IsAscii) && source.Language.Code is "ru" or "uk" or "be" or "bg" or "sr" or "el" or "ar" or "he";

    private static bool SharesTitleWord(Source source, Candidate candidate) =>
        candidate.Words.Select(source.Stemming.Stem).Intersect(source.ContentStems(source.SafeTitle), StringComparer.Ordinal).Any();

    private static bool IsPartOfChannel(Source source, RankedPhrase phrase) =>
        source.Input.ChannelTitle is { } channel
        && Folding.Fold(channel) is var name
        && name.Length > phrase.Key.Length
        && (" " + name + " ").Contains(" " + phrase.Key + " ", StringComparison.Ordinal)
        && (phrase.Candidate.Words.Length == 1 || !PhraseQuality.IsTagged(source, phrase));
}
