using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>What a row of hashtags that the title's names do not fill takes up: the creator's tags that the title speaks of, then topics of
/// the title and, in a talk, of the description that creators of several channels tag.</summary>
internal static class HashtagSubjects
{
    private const int MostWords = 3;
    private const int LeastWord = 3;
    private const int SeveralChannels = 2;
    private const int ManyChannels = 3;
    private const double Possible = 0.12;
    private const double Likely = 0.2;
    private const int MostTags = 40;

    /// <summary>The creator's tags whose words the title says, in their order, the longer of two that begin alike first.</summary>
    public static IEnumerable<string> OfTags(Source source)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        return source
            .SafeTags.Take(MostTags)
            .Where(tag => OwnTags.MayStay(source, tag) && IsTopic(source, tag, channel))
            .Where(tag => source.ContentStems(tag).ToList() is { Count: > 0 } stems && stems.TrueForAll(title.Contains))
            .OrderByDescending(tag => Folding.Fold(tag).Contains(' ', StringComparison.Ordinal))
            .Select(tag => AsWritten(source, tag));
    }

    /// <summary>The names of the title together with those of its phrases that the creator tags as they stand, in the title's order; of two
    /// that overlap the longer.</summary>
    public static IEnumerable<RankedPhrase> OfTitle(Source source, IReadOnlyList<RankedPhrase> names)
    {
        var tagged = source.Phrases.Where(phrase => IsTaggedInTitle(source, phrase)).ToList();
        var all = names.Concat(tagged).DistinctBy(phrase => phrase.Key, StringComparer.Ordinal).ToList();
        return all.Where(phrase => !all.Exists(other => IsInside(phrase.Candidate, other.Candidate)))
            .OrderBy(phrase => phrase.Candidate.FirstInTitle);
    }

    private static bool IsInside(Candidate part, Candidate whole) =>
        whole.Words.Length > part.Words.Length
        && part.FirstInTitle < whole.FirstInTitle + whole.Words.Length
        && whole.FirstInTitle < part.FirstInTitle + part.Words.Length;

    private static bool IsTaggedInTitle(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        // "Night Of" before a dash is a name, whatever its words are.
        var part = candidate.Has(CandidateMarks.TitleSegment) && candidate.Words.Length > 1;
        return candidate is { TitleCount: > 0, FirstInTitle: >= 0, Words.Length: <= MostWords }
            && PhraseQuality.IsTagged(source, phrase)
            && !candidate.Has(CandidateMarks.WholeTitle | CandidateMarks.CrossesBreak | CandidateMarks.Unspaced)
            && !(candidate.Has(CandidateMarks.EdgeStop) && !part)
            && !FormWords.SaysNothing(source, phrase.Surface)
            && !ClauseParts.Has(source, phrase)
            && !phrase.Key.Any(char.IsDigit)
            && !phrase.Surface.AsSpan().ContainsAny('&', '/', ',')
            && !PhraseQuality.MixesScripts(phrase.Key)
            && !PhraseQuality.OpensOrEndsEverywhere(source, phrase)
            && !HashtagForms.JoinsTwo(source, phrase.Surface)
            && !MergedWordFilter.Has(source, phrase)
            && (
                candidate.Words.Length > 1
                    ? part || !Array.TrueForAll(candidate.Words, word => source.IsEveryday(word) && !source.IsNamed(word))
                    : phrase.Key.Length > LeastWord
                        && candidate.Capitalized >= candidate.Total
                        && (candidate.FirstInTitle > 0 || TitleNames.Shouts(source))
                        && WordSet.Wide(source.Language.Code) is { IsKnown: true } wide
                        && !wide.Contains(phrase.Key)
                        && !source.IsEveryday(phrase.Key)
                        && !NameRuns.IsPartInTitle(source, candidate)
                        && !NameRuns.IsCut(source, candidate)
            );
    }

    /// <summary>Topics among the tags that creators of several channels use.</summary>
    public static IEnumerable<RankedPhrase> Known(Source source, IReadOnlyList<RankedPhrase> tags) =>
        tags.Where(phrase => IsKnown(source, phrase)).OrderByDescending(phrase => phrase.Candidate.TitleCount > 0);

    // Tags are typed in small letters: the title knows that it is "ASMR".
    private static string AsWritten(Source source, string tag) =>
        TitleNames.Shouts(source)
            ? tag
            : string.Join(
                ' ',
                tag.Split(' ')
                    .Select(word =>
                        source.Text.TitleTokens.Find(token => token.Folded == Folding.Fold(word)) is { Length: > 0 } token
                            ? source.SafeTitle[token.Start..token.End]
                            : word
                    )
            );

    private static bool IsTopic(Source source, string tag, string channel)
    {
        var key = Folding.Fold(tag);
        var words = key.Split(' ');
        if (
            words.Length > MostWords
            || key == channel
            || key.Any(char.IsDigit)
            || Array.Exists(words, word => PhraseQuality.IsEverywhere(word) || TitleParser.IsQualifier(word) || TitleParser.IsMonth(word))
        )
        {
            return false;
        }

        return words.Length > 1
            ? !HashtagForms.JoinsTwo(source, tag)
                && !source.StopWords.Contains(words[0])
                && !source.StopWords.Contains(words[^1])
                && !source.Places.MayBeVerb(words[0])
            : IsWord(source, key) && source.Model.Lexicon.Phrase(key, without: null).Tag >= SeveralChannels;
    }

    // A noun of the title that others tag, too: "#Cats", "#고양이"; half of a name, an adjective or a verb is none.
    private static bool IsWord(Source source, string key) =>
        (key.Length >= LeastWord || key.All(c => c >= '\u1100'))
        && !source.StopWords.Contains(key)
        && !source.Places.MayBeVerb(key)
        && source.Phrases.Find(phrase => phrase.Key == key) is { Candidate: { TitleCount: > 0 } candidate } phrase
        && phrase.Probability >= Likely
        && !NameRuns.IsPartInTitle(source, candidate)
        && !NameRuns.IsCut(source, candidate);

    private static bool IsKnown(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        var channels = source.Model.Lexicon.Phrase(phrase.Key, without: null).Tag;
        var told = source.Kind.About is VideoKind.Talk or VideoKind.Tutorial && candidate.DescriptionCount > 1;
        return candidate.Words.Length <= MostWords
            && channels >= (candidate.TitleCount > 0 ? SeveralChannels : ManyChannels)
            && phrase.Probability >= (candidate.TitleCount > 0 ? Possible : Likely)
            && (candidate.TitleCount > 0 || told)
            && !phrase.Key.Any(char.IsDigit)
            && !PhraseQuality.IsEverywhere(phrase.Key)
            && !FormWords.SaysNothing(source, phrase.Surface)
            && !HashtagForms.JoinsTwo(source, phrase.Surface)
            && !HashtagForms.IsDenied(source, phrase)
            && !ClauseParts.Has(source, phrase)
            && (
                candidate.Words.Length > 1
                || IsWord(source, phrase.Key)
                || (told && BaseForms.KeyOf(source, candidate) is null && IsNoun(source, phrase.Key))
            );
    }

    private static bool IsNoun(Source source, string key) =>
        key.Length >= LeastWord && !source.IsEveryday(key) && !source.Places.MayBeVerb(key);
}
