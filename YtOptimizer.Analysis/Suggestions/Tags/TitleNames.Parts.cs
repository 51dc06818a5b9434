using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <content>Which parts of the title between separators are names or topics, and not clauses.</content>
internal static partial class TitleNames
{
    private const int MostPartWords = 4;
    private const int LongestUnspaced = 12;
    private const double Known = 0.2;

    // Ends of Korean sentences, and of the words that they are about.
    private static readonly string[] KoreanEndings = ["다", "요", "자", "까", "네", "라", "해", "지", "죠", "기"];
    private static readonly string[] KoreanSubjects = ["은", "는", "을", "를", "이", "가", "에", "에서", "로"];

    private static bool IsPart(Source source, RankedPhrase phrase, bool large, bool alone)
    {
        var candidate = phrase.Candidate;
        if (!IsFit(source, phrase) || (alone && candidate.Words.Length > 3))
        {
            return false;
        }

        if (candidate.Has(CandidateMarks.Unspaced) || candidate.Words.Any(word => Scripts.IsUnspaced(Scripts.OfFirst(word))))
        {
            return candidate.Key.Length <= LongestUnspaced
                && (candidate.Quoted + candidate.Bracketed > 0 ? phrase.Probability >= Possible * 2 : phrase.Probability >= Likely);
        }

        if (candidate.Words.Length == 1)
        {
            return LoneWords.IsName(source, phrase);
        }

        var content = candidate.Words.Length - candidate.Stops;
        if (!IsSong(source, candidate) && (content is 0 or > MostPartWords || IsClause(source, candidate)))
        {
            return false;
        }

        return IsNamed(source, phrase)
            || IsSong(source, candidate)
            || phrase.Probability >= Known
            || source.Model.Lexicon.IsTag(phrase.Key)
            || (" " + source.Told.Folded + " ").Contains(" " + phrase.Key + " ", StringComparison.Ordinal)
            || (
                large
                && !alone
                && candidate.Capitalized >= candidate.Total
                && content < MostPartWords
                && phrase.Probability >= Likely / 2
                && Array.Exists(candidate.Words, word => !source.IsEveryday(word) && !source.StopWords.Contains(word))
            );
    }

    // The part beside the artist is the song's name, also where it is a sentence ("Je te le donne").
    private static bool IsSong(Source source, Candidate candidate) =>
        source.Kind.About == VideoKind.Music
        && candidate.Has(CandidateMarks.TitleSegment)
        && !candidate.Has(CandidateMarks.WholeTitle)
        && candidate.Words.Length is > 1 and <= MostWords
        && candidate.Bracketed == 0
        && candidate.Words.All(word => word.Any(char.IsLetter))
        && !Array.Exists(candidate.Words, word => TitleParser.IsQualifier(word) || PhraseQuality.IsEverywhere(word));

    // Asked or cried out, or a Korean sentence: "호박을 치료해요".
    private static bool IsClause(Source source, Candidate candidate)
    {
        var after = source.SafeTitle.AsSpan(Math.Min(candidate.Offset + candidate.Length, source.SafeTitle.Length)).TrimStart(' ');
        return (after.Length > 0 && after[0] is '?' or '!' or '？' or '！')
            || (
                source.Language.Code == "ko"
                && (
                    KoreanEndings.Any(ending => candidate.Words[^1].EndsWith(ending, StringComparison.Ordinal))
                    || candidate
                        .Words[..^1]
                        .Any(word =>
                            word.Length > 1 && Array.Exists(KoreanSubjects, ending => word.EndsWith(ending, StringComparison.Ordinal))
                        )
                )
            );
    }

    private static bool IsFit(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (IsSong(source, candidate))
        {
            return phrase.Probability >= Possible
                && PhraseQuality.HasSubject(source, phrase)
                && !PhraseQuality.MixesScripts(candidate.Key)
                && !TornPhrases.Has(source, phrase);
        }

        return phrase.Probability >= Possible
            && !candidate.Has(CandidateMarks.EdgeStop)
            && !char.IsDigit(candidate.Key[0])
            && !Array.TrueForAll(candidate.Words, word => word.Any(char.IsDigit))
            && !IsInsideName(source, candidate)
            && PhraseQuality.HasSubject(source, phrase)
            && !FormWords.SaysNothing(source, phrase.Surface)
            && !PhraseQuality.MixesScripts(candidate.Key)
            && !PhraseQuality.OpensOrEndsEverywhere(source, phrase)
            && !source.Places.IsVerb(candidate.Words[0])
            && !source.Places.IsVerb(candidate.Words[^1])
            && !MergedWordFilter.Has(source, phrase)
            && !TornPhrases.Has(source, phrase)
            && !ClauseParts.Has(source, phrase)
            && TagQuality.FaultOf(source, phrase) is not (TagFault.Particle or TagFault.RestOfChannel or TagFault.Form);
    }
}
