using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>What fills up a list of few tags although the ranker thinks little of it: the subject in the words of the title, and the
/// products that a talk or tutorial lists.</summary>
internal static class TagFillers
{
    private const int MostWords = 6;
    private const int MostProducts = 5;
    private const int LeastName = 3;
    private const int MostKnown = 3;
    private const int WellKnown = 2;
    private const int KnownToMany = 4;
    private const int WrittenByMany = 8;
    private const double LeastKnown = 0.03;

    public static IEnumerable<RankedPhrase> Of(Source source)
    {
        var parts = source
            .Phrases.Where(phrase => IsKnownInTitle(source, phrase))
            .Take(MostKnown)
            .Concat(source.Phrases.Where(phrase => IsSubject(source, phrase)));
        if (source.Kind.About == VideoKind.Talk)
        {
            parts = source.Phrases.Where(phrase => IsKnownName(source, phrase)).Take(MostKnown).Concat(parts);
        }

        return source.Kind.About is VideoKind.Talk or VideoKind.Tutorial
            ? parts.Concat(source.Phrases.Where(phrase => IsProduct(source, phrase)).Take(MostProducts))
            : parts;
    }

    // A name alone is in the list already or no tag.
    private static bool IsSubject(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle)
        && phrase.Candidate.Words.Length is > 1 and <= MostWords
        && !IsSeveral(phrase.Surface)
        && !IsStatement(source, phrase)
        && TagQuality.IsTag(source, phrase);

    // "Jane answers", "Choose the present": what happens is told in a title, not searched. A talk's name is, whatever words it has.
    private static bool IsStatement(Source source, RankedPhrase phrase) =>
        source.Kind.About is not (VideoKind.Talk or VideoKind.Music or VideoKind.Trailer)
        && !PhraseQuality.IsTagged(source, phrase)
        && phrase.Candidate.Quoted == 0
        && phrase.Candidate.Words.Any(source.Places.MayBeVerb);

    // "Python" of "Testing in Python": many creators tag it, however little the ranker thinks of it.
    private static bool IsKnownInTitle(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            candidate.TitleCount == 0
            || candidate.Words.Length > MostKnown
            || !IsKnownToMany(source, phrase.Key)
            || Array.Exists(candidate.Words, word => PhraseQuality.IsEverywhere(word) || TitleParser.IsQualifier(word))
            || phrase.Key.Any(char.IsDigit)
            || !PhraseQuality.HasSubject(source, phrase)
            || FormWords.SaysNothing(source, phrase.Surface)
            || MergedWordFilter.Has(source, phrase)
            || TornPhrases.Has(source, phrase)
        )
        {
            return false;
        }

        if (candidate.Words.Length > 1)
        {
            return !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.CrossesBreak);
        }

        var token = candidate.FirstInTitle >= 0 ? source.Text.TitleTokens[candidate.FirstInTitle] : default;
        return phrase.Key.Length >= LeastName
            && candidate.FirstInTitle > 0
            && token.Has(TokenFlags.Capitalized)
            && !TitleNames.Shouts(source)
            && !source.Places.MayBeVerb(phrase.Key)
            && !NameRuns.IsPartInTitle(source, candidate)
            && (!NameRuns.WritesAllLarge(source.Text.TitleTokens) || source.IsNamed(phrase.Key) || !source.IsEveryday(phrase.Key));
    }

    // Tagged by several channels, or written by so many that it is no name of one of them.
    private static bool IsKnownToMany(Source source, string key) =>
        source.Model.Lexicon.Phrase(key, without: null) is var usage
        && (usage.Tag >= KnownToMany || (usage.Both > 0 && usage.Doc >= WrittenByMany));

    // "Django" that a talk speaks of: creators of several channels tag it.
    private static bool IsKnownName(Source source, RankedPhrase phrase) =>
        phrase.Candidate is { Words.Length: 1, TitleCount: 0, DescriptionCount: > 0 }
        && !phrase.Candidate.IsMasked
        && phrase.Candidate.Capitalized >= phrase.Candidate.Total
        && phrase.Key.Length >= LeastName
        && phrase.Key.All(char.IsAsciiLetterOrDigit)
        && phrase.Probability >= LeastKnown
        && !source.IsEveryday(phrase.Key)
        && source.Model.Lexicon.Phrase(phrase.Key, without: null).Tag is var channels
        && (Brands.Form(phrase.Key) is not null ? channels >= WellKnown : channels >= KnownToMany && phrase.Candidate.DescriptionCount > 1)
        && PhraseQuality.HasSubject(source, phrase)
        && !FormWords.SaysNothing(source, phrase.Surface)
        && !source.Places.IsHeading(phrase.Key)
        && !PassingMentions.Has(source, phrase)
        && !(HashtagGlue.MayGlue(source.SafeDescription) && MergedWordFilter.Has(source, phrase))
        && !TornPhrases.Has(source, phrase)
        && !NameRuns.IsCut(source, phrase.Candidate);

    // Two sentences, or a title with hashtags in it.
    private static bool IsSeveral(string text) =>
        text.Contains('#', StringComparison.Ordinal)
        || text.Contains(". ", StringComparison.Ordinal)
        || text.Contains("! ", StringComparison.Ordinal)
        || text.Contains("? ", StringComparison.Ordinal);

    // "RDKit, Biopython, Scipy": spelled like no word, or one of a list.
    private static bool IsProduct(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            candidate is not { Words.Length: 1, TitleCount: 0, DescriptionCount: > 0, HashtagCount: 0 }
            || candidate.IsMasked
            || candidate.Key.Length < LeastName
            || candidate.Capitalized < candidate.Total
            || !candidate.Key.All(char.IsAsciiLetterOrDigit)
            || !PhraseQuality.HasSubject(source, phrase)
            || PassingMentions.Has(source, phrase)
            || (HashtagGlue.MayGlue(source.SafeDescription) && MergedWordFilter.Has(source, phrase))
            || TornPhrases.Has(source, phrase)
            || source.IsEveryday(candidate.Key)
            || source.Places.IsHeading(candidate.Key)
            || NameRuns.IsCut(source, candidate)
            || Folding.Fold(source.Input.ChannelTitle ?? "").Contains(candidate.Key, StringComparison.Ordinal)
        )
        {
            return false;
        }

        var tokens = source.Text.DescriptionTokens;
        var at = candidate.FirstInDescription;
        return phrase.Surface.Skip(1).Any(char.IsUpper) && phrase.Surface.Any(char.IsLower)
            || (
                at > 0
                && at < tokens.Count
                && tokens[at].Before == Gap.Break
                && !tokens[at].Has(TokenFlags.AfterColon)
                && IsListed(tokens, at)
            )
            || (
                at >= 0
                && at + 1 < tokens.Count
                && tokens[at].Before < Gap.Line
                && tokens[at + 1].Before == Gap.Break
                && IsListed(tokens, at + 1)
            );
    }

    // A comma between two capitals.
    private static bool IsListed(List<Token> tokens, int at) =>
        tokens[at].Has(TokenFlags.Capitalized)
        && tokens[at - 1].Has(TokenFlags.Capitalized)
        && !tokens[at - 1].IsStop
        && !tokens[at].IsStop;
}
