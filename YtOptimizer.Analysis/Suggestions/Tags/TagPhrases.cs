using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which phrases of a video are tags: whole phrases and names before words, each thing said once.</summary>
internal static class TagPhrases
{
    private const int MostRead = 80;
    private const int MostWords = 6;
    private const double LeastPhrase = 0.03;
    private const double LeastWord = 0.1;

    // From here on a word is a topic by itself, also beside a phrase that holds it.
    private const double Topic = 0.3;

    // So likely that creators tag the word also where it never stands alone; a part of a name hardly ever.
    private const double SureTopic = 0.2;
    private const double SureName = 0.45;

    // The same for a word that stands by itself somewhere, outside that phrase.
    private const double OwnStanding = 0.12;

    // A part of a longer tag is a tag of its own when it is likely enough.
    private const double PartOfTag = 0.12;

    // Neighbouring parts of the title put together, and the whole title, are seldom searched.
    private const double SureJoined = 0.3;
    private const double SureTitle = 0.1;

    // A short list takes parts of its phrases, too: words only where creators of several channels tag them.
    private const int ShortList = 10;
    private const int SeveralChannels = 2;
    private const int FewestWords = 6;

    /// <summary>The phrases worth a tag, best first; at least half of them are of several words where the text has enough.</summary>
    public static List<RankedPhrase> Choose(Source source, GroundingRules rules, int most)
    {
        var pool = source
            .Phrases.Take(MostRead)
            .Where(phrase => phrase.Probability >= (IsWord(phrase) ? LeastWord : LeastPhrase) && IsTag(source, phrase))
            .OrderByDescending(phrase => phrase.Probability)
            .ThenBy(phrase => phrase.Key, StringComparer.Ordinal)
            .ToList();
        var chosen = new List<RankedPhrase>();
        var refused = new HashSet<RankedPhrase>();
        bool MayShow(RankedPhrase phrase) =>
            !refused.Contains(phrase)
            && (rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: phrase.Probability >= Topic) || !refused.Add(phrase));

        foreach (var phrase in pool)
        {
            if (chosen.Count < most && !Repeats(source, phrase, chosen) && MayShow(phrase))
            {
                chosen.RemoveAll(other => IsHeldWord(source, other, phrase));
                chosen.Add(phrase);
            }
        }

        chosen = Balanced(chosen);
        foreach (var phrase in pool)
        {
            if (
                chosen.Count < Math.Min(ShortList, most)
                && phrase.Probability >= (IsWord(phrase) ? SureTopic : LeastWord)
                && IsWidelyTagged(source, phrase)
                && !(IsWord(phrase) && chosen.Exists(other => other.Probability > phrase.Probability && Holds(source, other, phrase)))
                && !IsSaid(source, phrase, chosen)
                && MayShow(phrase)
            )
            {
                chosen.Add(phrase);
            }
        }

        return chosen;
    }

    /// <summary>Whether a tag is one word.</summary>
    public static bool IsWord(RankedPhrase phrase) => phrase.Candidate.Words.Length == 1;

    private static bool IsTag(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        var parts = candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle | CandidateMarks.CrossesBreak);
        // Artist and track together are what listeners type.
        var song = source.Kind.About == VideoKind.Music;
        return (song || !candidate.Has(CandidateMarks.CrossesBreak) || phrase.Probability >= SureJoined)
            && (song || !candidate.Has(CandidateMarks.WholeTitle) || candidate.Words.Length <= 2 || phrase.Probability >= SureTitle)
            && candidate.Words.Length <= (parts || candidate.Has(CandidateMarks.Unspaced) ? MostWords : 4)
            && TagQuality.IsTag(source, phrase);
    }

    private static bool IsWidelyTagged(Source source, RankedPhrase phrase) =>
        !IsWord(phrase) || source.Model.Lexicon.Phrase(phrase.Key, without: null).Tag >= SeveralChannels;

    private static bool IsSaid(Source source, RankedPhrase phrase, List<RankedPhrase> chosen)
    {
        var stems = Stems(source, phrase);
        return chosen.Exists(other => Stems(source, other).SetEquals(stems));
    }

    private static bool Repeats(Source source, RankedPhrase phrase, List<RankedPhrase> chosen)
    {
        var stems = Stems(source, phrase);
        foreach (var other in chosen)
        {
            var theirs = Stems(source, other);
            if (
                stems.SetEquals(theirs)
                || (stems.IsSubsetOf(theirs) && (IsWord(phrase) ? IsHeldWord(source, phrase, other) : phrase.Probability < PartOfTag))
            )
            {
                return true;
            }
        }

        return false;
    }

    // "Ezra" goes when "George Ezra" comes, unless it also stands by itself and is likely enough to be a topic.
    private static bool IsHeldWord(Source source, RankedPhrase word, RankedPhrase phrase) =>
        IsWord(word)
        && !IsWord(phrase)
        && word.Probability < (IsPart(source, word, phrase) ? SureName : SureTopic)
        && !(
            word.Candidate.Total > phrase.Candidate.Total
            && (word.Probability >= Topic || (word.Probability >= OwnStanding && word.Candidate.TitleCount > 0))
        )
        && Holds(source, phrase, word);

    private static bool Holds(Source source, RankedPhrase phrase, RankedPhrase word) =>
        !IsWord(phrase) && Stems(source, word).IsSubsetOf(Stems(source, phrase));

    // "Montana" of "French Montana": less likely than the phrase, or half of a name that creators elsewhere do not tag.
    private static bool IsPart(Source source, RankedPhrase word, RankedPhrase phrase) =>
        word.Probability < phrase.Probability
        || (
            phrase.Candidate.Words.Length is 2 or 3
            && !source.Model.Lexicon.IsTag(word.Key)
            && !Array.Exists(phrase.Candidate.Words, source.IsEveryday)
        );

    private static HashSet<string> Stems(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);

    // As many words as phrases at most; the weakest words go.
    private static List<RankedPhrase> Balanced(List<RankedPhrase> chosen)
    {
        var phrases = chosen.Count(phrase => !IsWord(phrase));
        var words = Math.Max(FewestWords, phrases);
        var kept = chosen.Where(IsWord).Take(words).ToHashSet();
        return [.. chosen.Where(phrase => !IsWord(phrase) || kept.Contains(phrase))];
    }
}
