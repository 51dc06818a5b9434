using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Phrases that a reader of the list would strike out: half of what the creator tags whole, the word that only opens a title, the
/// number of a part, a stretch that begins or ends inside a run of capitals.</summary>
internal static partial class LooseTags
{
    private const int SeveralChannels = 4;
    private const int Clause = 3;
    private const int LongestTag = 6;
    private const int LeastPart = 6;

    public static bool Has(Source source, RankedPhrase phrase)
    {
        if (source.TagKeys.Contains(phrase.Key))
        {
            return false;
        }

        // "#Aristemocapítulo 80": a lost blank.
        if (phrase.Candidate.HashtagCount > 0)
        {
            return phrase.Candidate.Words.Length == 1 && EndsInPart(source, phrase.Key);
        }

        return IsHalfOfOwn(source, phrase)
            || IsPartNumber(source, phrase.Candidate)
            || IsOpeningAndName(phrase)
            || IsVerbAndName(source, phrase.Candidate)
            || CutsCapitals(source, phrase.Candidate)
            || IsToldClause(source, phrase)
            || IsOrdinaryWord(source, phrase)
            || IsDateOrForm(source, phrase)
            || EndsInLetter(phrase.Candidate)
            || (Misspelling.InTitle(source) is { } wrong && phrase.Candidate.Words.Contains(wrong.Wrong.Folded, StringComparer.Ordinal))
            || EndsInAdjective(source, phrase.Candidate)
            || HoldsInflectedName(source, phrase.Candidate)
            || TornPhrases.Has(source, phrase);
    }

    // "Ariana" beside the creator's "Ariana Grande", "Di Mi" beside "di mi nombre" of the title. A part of the title that stands by
    // itself is the topic.
    private static bool IsHalfOfOwn(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle))
        {
            return false;
        }

        var (key, title) = (" " + phrase.Key + " ", " " + Folding.Fold(source.SafeTitle) + " ");
        return source.TagKeys.Any(tag =>
            tag.Length > phrase.Key.Length
            && tag.Count(c => c == ' ') < LongestTag
            && (" " + tag + " ").Contains(key, StringComparison.Ordinal)
            && (phrase.Candidate.Words.Length == 1 || title.Contains(" " + tag + " ", StringComparison.Ordinal))
        );
    }

    private static bool EndsInPart(Source source, string word)
    {
        for (var start = 3; start <= word.Length - LeastPart; start++)
        {
            if (SeriesName.IsPart(source, word[start..]))
            {
                return true;
            }
        }

        return false;
    }

    // "tập 23", "Parte 4/6".
    private static bool IsPartNumber(Source source, Candidate candidate) =>
        candidate.Words.Length > 1
        && Array.Exists(candidate.Words, word => word.Any(char.IsDigit))
        && Array.TrueForAll(candidate.Words, word =>
            word.All(c => !char.IsLetter(c)) || SeriesName.IsPart(source, word) || TitleParser.IsQualifier(word)
        );

    // "Новомодный Pipfile": the word that opens a sentence and a name in other letters.
    private static bool IsOpeningAndName(RankedPhrase phrase) =>
        phrase.Candidate is { TitleCount: 0, Words.Length: 2, DescriptionCount: 1 }
        && !phrase.Candidate.Has(CandidateMarks.Unspaced)
        && phrase.Candidate.Words[0].All(c => c >= '\u0370' && char.IsLetter(c))
        && phrase.Candidate.Words[1].All(char.IsAsciiLetterOrDigit);

    // "Using Fabric", "VapourSynth comes". Elsewhere verbs have the form of names ("Moro").
    private static bool IsVerbAndName(Source source, Candidate candidate) =>
        source.Language.Code == "en"
        && candidate.Words.Length == 2
        && !candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle | CandidateMarks.Unspaced)
        && candidate.TitleCount > 0
        && source.Kind.About != VideoKind.Music
        && (IsVerbBeside(source, candidate.Words[0], candidate.Words[1]) || IsVerbBeside(source, candidate.Words[1], candidate.Words[0]));

    private static bool IsVerbBeside(Source source, string verb, string name) =>
        source.Places.MayBeVerb(verb) && !source.Places.MayBeVerb(name) && !source.IsEveryday(name);

    // "КАБЫ Русские" of "ЕСЛИ БЫ ДА КАБЫ Русские мелодрамы".
    private static bool CutsCapitals(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var (first, last) = (candidate.FirstInTitle, candidate.FirstInTitle + candidate.Words.Length - 1);
        if (first < 0 || last >= tokens.Count || candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle))
        {
            return false;
        }

        var capitals = Enumerable.Range(first, candidate.Words.Length).Count(i => tokens[i].Has(TokenFlags.AllCaps));
        return capitals > 0
            && capitals < candidate.Words.Length
            && !candidate.Words.Any(word => word.Any(char.IsDigit))
            && (Continues(tokens, first, first - 1, first) || Continues(tokens, last, last + 1, last + 1));
    }

    private static bool Continues(List<Token> tokens, int edge, int neighbour, int gap) =>
        neighbour >= 0
        && neighbour < tokens.Count
        && tokens[edge].Has(TokenFlags.AllCaps)
        && tokens[neighbour].Has(TokenFlags.AllCaps)
        && tokens[gap].Before <= Gap.Joint;

    // "Jane loses her hat": told in a title, not searched.
    private static bool IsToldClause(Source source, RankedPhrase phrase) =>
        phrase.Candidate is { TitleCount: > 0, Quoted: 0 }
        && phrase.Candidate.Words.Length >= Clause
        && source.Kind.About is not (VideoKind.Talk or VideoKind.Music or VideoKind.Trailer or VideoKind.Tutorial or VideoKind.Recipe)
        && !phrase.Candidate.Has(CandidateMarks.WholeTitle)
        && phrase.Candidate.Words.Skip(1).Any(source.Places.MayBeVerb)
        && !IsInQuotes(source, phrase.Candidate);

    private static bool IsInQuotes(Source source, Candidate candidate) =>
        candidate.Offset > 0
        && candidate.Offset + candidate.Length < source.SafeTitle.Length
        && source.SafeTitle[candidate.Offset - 1] is '\'' or '‘' or '`'
        && source.SafeTitle[candidate.Offset + candidate.Length] is '\'' or '’' or '`';

    // "Projektowanie" of "Projektowanie leków z Pythonem".
    private static bool IsOrdinaryWord(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.Words.Length == 1
            && !candidate.Has(CandidateMarks.Unspaced | CandidateMarks.WholeTitle)
            && source.Model.Lexicon.Phrase(phrase.Key, without: null).Tag < SeveralChannels
            && !source.IsNamed(phrase.Key)
            && (candidate.Has(CandidateMarks.TitleSegment) ? source.IsEveryday(phrase.Key) : IsOrdinary(source, phrase.Key));
    }

    private static bool IsOrdinary(Source source, string word) =>
        source.IsEveryday(word)
        || (
            WordSet.Wide(source.Language.Code) is { IsKnown: true } wide
            && (wide.Contains(word) || wide.HasStem(source.Stemming.Stem(word), source.Language.Code))
        );
}
