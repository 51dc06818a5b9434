using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which phrases of a video are tags: the likeliest first, phrases before words that are about as likely, each thing said
/// once.</summary>
internal static class TagPhrases
{
    private const int MostRead = 80;
    private const int MostWords = 6;
    private const double LeastPhrase = 0.03;
    private const double LeastWord = 0.1;

    // A list of fewer takes parts of its phrases, too; a longer one only words that are likely.
    private const int ShortList = 10;
    private const int MostFilled = 12;
    private const double LikelyWord = 0.15;

    // From here on the guard's doubts about everyday words do not count.
    private const double Topic = 0.3;

    // A part of a longer tag is a tag of its own when it is likely enough.
    private const double PartOfTag = 0.12;

    private const double LikelyPiece = 0.05;
    private const int FewestWords = 6;
    private const int LongCast = 5;
    private const int FewNames = 4;
    private const int FewSpeakers = 6;

    // A part of a longer name that is as likely as this is a name, too.
    private const double LikelyName = 0.2;

    // A part of the channel's name that is likelier than this may be a name by itself.
    private const double WholeName = 0.5;

    // "2 Müller": a number and a word from further down are a detail.
    private const double LikelyNumber = 0.12;

    // Neighbouring parts of the title put together, and the whole title, are seldom searched.
    private const double SureJoined = 0.3;
    private const double SureTitle = 0.1;

    /// <summary>The phrases worth a tag, best first; the name of the channel, which a creator knows, last.</summary>
    public static List<RankedPhrase> Choose(Source source, GroundingRules rules, int most)
    {
        var likelihood = new TagLikelihood(source);
        var words = new HeldWords(source);
        var pool = source
            .Phrases.Take(MostRead)
            .Where(phrase => IsTag(source, phrase))
            .Select(phrase => phrase with { Probability = likelihood.Of(phrase) })
            .Where(phrase => phrase.Probability >= (IsWord(phrase) ? LeastWord : LeastPhrase))
            .OrderByDescending(phrase => phrase.Probability)
            .ThenBy(phrase => phrase.Key, StringComparer.Ordinal)
            .ToList();
        // Thanks and casts: of names that the description says once a few are enough.
        var once = pool.Where(phrase => phrase.Candidate is { TitleCount: 0, DescriptionCount: 1, HashtagCount: 0, Words.Length: > 1 })
            .Where(phrase => !PhraseQuality.IsTagged(source, phrase))
            .ToList();
        if (once.Count > LongCast)
        {
            var few = source.Kind.About == VideoKind.Talk ? FewSpeakers : FewNames;
            pool.RemoveAll(phrase => once.IndexOf(phrase) >= few);
        }

        var channel = pool.Where(likelihood.IsChannel).Take(1).ToList();
        pool.RemoveAll(likelihood.IsChannel);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        bool MayShow(RankedPhrase phrase) =>
            !refused.Contains(phrase.Key)
            && (rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: phrase.Probability >= Topic) || !refused.Add(phrase.Key));

        var chosen = new List<RankedPhrase>();
        foreach (var phrase in pool)
        {
            var late = IsWord(phrase) && chosen.Count >= ShortList && phrase.Probability < LikelyWord;
            if (chosen.Count + channel.Count < most && !late && !Repeats(words, phrase, [.. chosen, .. channel]) && MayShow(phrase))
            {
                chosen.RemoveAll(other => words.IsHeld(other, phrase));
                chosen.Add(phrase);
            }
        }

        chosen = Balanced(chosen);
        foreach (var phrase in pool)
        {
            if (
                chosen.Count < Math.Min(ShortList, most - channel.Count)
                && (IsWord(phrase) ? words.FillsUp(phrase, [.. chosen, .. channel]) : phrase.Probability >= LikelyPiece)
                && !(
                    source.Language.Code == "zh" && phrase.Candidate.Has(CandidateMarks.Unspaced) && !source.Model.Lexicon.IsTag(phrase.Key)
                )
                && !chosen.Exists(other => words.Stems(other).SetEquals(words.Stems(phrase)))
                && MayShow(phrase)
            )
            {
                chosen.Add(phrase);
            }
        }

        foreach (var phrase in chosen.Count + channel.Count < ShortList ? TagFillers.Of(source) : [])
        {
            if (
                chosen.Count + channel.Count < Math.Min(MostFilled, most)
                && !chosen.Concat(channel).Any(other => words.Stems(other).SetEquals(words.Stems(phrase)))
                && MayShow(phrase)
            )
            {
                chosen.Add(phrase);
            }
        }

        return [.. chosen, .. channel];
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
            && !(IsNumbered(candidate) && phrase.Probability < LikelyNumber)
            && TagQuality.IsTag(source, phrase)
            && !PassingMentions.Has(source, phrase)
            && !MergedWordFilter.Has(source, phrase)
            && !CutPhrases.Has(source, phrase)
            && !IsPartOfChannel(source, phrase)
            && (!IsWord(phrase) || (LoneWords.MayBeTag(source, phrase) && !IsLittleWord(source, phrase.Key)))
            && !IsCutName(source, phrase);
    }

    // "from" of the creator's tag "(from", "що" in a title taken for German.
    private static bool IsLittleWord(Source source, string word) =>
        source.StopWords.Contains(word)
        || StopWords.For("en").Contains(word)
        || (word[0] is >= '\u0400' and <= '\u04FF' && (StopWords.For("uk").Contains(word) || StopWords.For("ru").Contains(word)));

    // "Say Yes" where the title names the channel "Say Yes to the Dress": half of a name that is a tag as a whole.
    private static bool IsPartOfChannel(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.TitleCount == 0 || PhraseQuality.IsTagged(source, phrase) || source.Input.ChannelTitle is not { } channel)
        {
            return false;
        }

        var (title, name) = (" " + Folding.Fold(source.SafeTitle) + " ", " " + Folding.Fold(channel) + " ");
        return phrase.Probability < WholeName
            && name.Length > phrase.Key.Length + 2
            && name.Contains(" " + phrase.Key + " ", StringComparison.Ordinal)
            && title.Contains(name, StringComparison.Ordinal)
            && !title.Replace(name, " ", StringComparison.Ordinal).Contains(" " + phrase.Key + " ", StringComparison.Ordinal);
    }

    // "Blue & Green" of "Blue & Green Sky Pictures".
    private static bool IsCutName(Source source, RankedPhrase phrase) =>
        !IsWord(phrase)
        && phrase.Probability < LikelyName
        && !phrase.Candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle)
        && !PhraseQuality.IsTagged(source, phrase)
        && NameRuns.IsCut(source, phrase.Candidate);

    private static bool IsNumbered(Candidate candidate) =>
        candidate.Words.Length > 1
        && char.IsDigit(candidate.Key[0])
        && !(candidate.TitleCount > 0 && candidate.Words.Length > 2)
        && !candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle);

    private static bool Repeats(HeldWords words, RankedPhrase phrase, List<RankedPhrase> chosen)
    {
        var stems = words.Stems(phrase);
        foreach (var other in chosen)
        {
            var theirs = words.Stems(other);
            if (
                stems.SetEquals(theirs)
                || (!IsWord(phrase) && phrase.Probability < PartOfTag && stems.IsSubsetOf(theirs))
                || words.IsHeld(phrase, other)
            )
            {
                return true;
            }
        }

        return false;
    }

    // As many words as phrases at most; the weakest words go.
    private static List<RankedPhrase> Balanced(List<RankedPhrase> chosen)
    {
        var phrases = chosen.Count(phrase => !IsWord(phrase));
        var kept = chosen.Where(IsWord).Take(Math.Max(FewestWords, phrases)).ToHashSet();
        return [.. chosen.Where(phrase => !IsWord(phrase) || kept.Contains(phrase))];
    }
}
