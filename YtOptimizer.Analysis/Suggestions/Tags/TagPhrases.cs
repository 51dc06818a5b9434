using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
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

    // So likely that creators tag the word also where it never stands alone.
    private const double SureTopic = 0.45;

    // The same for a word that stands by itself somewhere, outside that phrase.
    private const double OwnStanding = 0.12;

    // A part of a longer tag is a tag of its own when it is likely enough.
    private const double PartOfTag = 0.12;
    private const double PhraseBonus = 1.0;

    /// <summary>The phrases worth a tag, best first; at least half of them are of several words where the text has enough.</summary>
    public static List<RankedPhrase> Choose(Source source, GroundingRules rules, int most)
    {
        var pool = source
            .Phrases.Take(MostRead)
            .Where(phrase => phrase.Probability >= (IsWord(phrase) ? LeastWord : LeastPhrase) && IsTag(source, phrase))
            .OrderByDescending(phrase => phrase.Probability * (IsWord(phrase) ? 1 : PhraseBonus))
            .ThenBy(phrase => phrase.Key, StringComparer.Ordinal);
        var chosen = new List<RankedPhrase>();
        foreach (var phrase in pool)
        {
            if (
                chosen.Count < most
                && !Repeats(source, phrase, chosen)
                && rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: phrase.Probability >= Topic)
            )
            {
                chosen.RemoveAll(other => IsHeldWord(source, other, phrase));
                chosen.Add(phrase);
            }
        }

        return Balanced(chosen);
    }

    /// <summary>Whether a tag is one word.</summary>
    public static bool IsWord(RankedPhrase phrase) => phrase.Candidate.Words.Length == 1;

    private static bool IsTag(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        var parts = candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle | CandidateMarks.CrossesBreak);
        return candidate.Words.Length <= (parts || candidate.Has(CandidateMarks.Unspaced) ? MostWords : 4)
            && PhraseQuality.IsTag(source, phrase);
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
        && word.Probability < SureTopic
        && !(
            word.Candidate.Total > phrase.Candidate.Total
            && (word.Probability >= Topic || (word.Probability >= OwnStanding && word.Candidate.TitleCount > 0))
        )
        && Stems(source, word).IsSubsetOf(Stems(source, phrase));

    private static HashSet<string> Stems(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);

    // As many words as phrases at most; the weakest words go.
    private static List<RankedPhrase> Balanced(List<RankedPhrase> chosen)
    {
        var phrases = chosen.Count(phrase => !IsWord(phrase));
        var words = Math.Max(4, phrases);
        var kept = chosen.Where(IsWord).Take(words).ToHashSet();
        return [.. chosen.Where(phrase => !IsWord(phrase) || kept.Contains(phrase))];
    }
}
