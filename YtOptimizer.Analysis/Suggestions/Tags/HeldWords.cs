using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Words that a tag of several words holds: which of them are topics by themselves, and which say nothing beside it.</summary>
internal sealed class HeldWords(Source source)
{
    // So likely that creators tag the word also where it never stands alone; a part of a name hardly ever. Vietnamese writes syllables
    // apart, and one of them is seldom a word.
    private const double SureTopic = 0.2;
    private const double SureName = 0.45;
    private const double SureSyllable = 0.6;

    // The same for a word that stands by itself somewhere, outside that phrase: anywhere, or also in the title.
    private const double Standing = 0.3;
    private const double StandingInTitle = 0.12;

    // A short list takes parts of its phrases, too: words only where creators of several channels tag them.
    private const int SeveralChannels = 2;

    private readonly Dictionary<string, HashSet<string>> stems = new(StringComparer.Ordinal);

    /// <summary>Whether a word says nothing beside the phrase: "Ezra" beside "George Ezra", unless it also stands by itself and is likely
    /// enough to be a topic.</summary>
    public bool IsHeld(RankedPhrase word, RankedPhrase phrase) =>
        IsIn(word, phrase)
        && (IsSyllabic ? word.Probability < SureSyllable : word.Probability < Least(word, phrase) && !IsStanding(word, phrase));

    /// <summary>Whether a word may fill up a short list: creators elsewhere tag it, and no likelier phrase of the list holds it.</summary>
    public bool FillsUp(RankedPhrase word, List<RankedPhrase> shown) =>
        !IsSyllabic
        && word.Probability >= SureTopic
        && source.Model.Lexicon.Phrase(word.Key, without: null).Tag >= SeveralChannels
        && !shown.Exists(other => other.Probability > word.Probability && IsIn(word, other));

    /// <summary>The stems of a phrase.</summary>
    public HashSet<string> Stems(RankedPhrase phrase)
    {
        if (!stems.TryGetValue(phrase.Key, out var known))
        {
            stems[phrase.Key] = known = phrase.Candidate.Words.Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);
        }

        return known;
    }

    private bool IsSyllabic => source.Language.Code == "vi";

    private bool IsIn(RankedPhrase word, RankedPhrase phrase) =>
        TagPhrases.IsWord(word) && !TagPhrases.IsWord(phrase) && Stems(word).IsSubsetOf(Stems(phrase));

    private static bool IsStanding(RankedPhrase word, RankedPhrase phrase) =>
        word.Candidate.Total > phrase.Candidate.Total
        && (word.Probability >= Standing || (word.Probability >= StandingInTitle && word.Candidate.TitleCount > 0));

    // "Montana" of "French Montana": less likely than the phrase, or half of a name that creators elsewhere do not tag.
    private double Least(RankedPhrase word, RankedPhrase phrase) =>
        word.Probability < phrase.Probability
        || (
            phrase.Candidate.Words.Length is 2 or 3
            && !source.Model.Lexicon.IsTag(word.Key)
            && !Array.Exists(phrase.Candidate.Words, source.IsEveryday)
        )
            ? SureName
            : SureTopic;
}
