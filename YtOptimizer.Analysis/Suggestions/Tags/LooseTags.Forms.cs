using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <content>Dates, words for the form of a video, names with an ending, and parts that overlap.</content>
internal static partial class LooseTags
{
    private const int LeastStem = 4;
    private const int LongestEnding = 2;
    private const int KnownToSeveral = 4;

    private static readonly string[] AdjectiveEndings =
    [
        "ых",
        "их",
        "ого",
        "его",
        "ая",
        "яя",
        "ый",
        "ий",
        "ое",
        "ые",
        "ие",
        "ую",
        "ным",
        "ной",
    ];

    /// <summary>Leaves out stretches of the title that begin inside another one and end outside it ("won a big" beside "a big race").
    /// </summary>
    public static void RemoveOverlapping(Source source, List<RankedPhrase> phrases)
    {
        for (var i = phrases.Count - 1; i > 0; i--)
        {
            if (IsStretch(source, phrases[i]) && phrases.Take(i).Any(better => Overlaps(better.Candidate, phrases[i].Candidate)))
            {
                phrases.RemoveAt(i);
            }
        }
    }

    private static bool IsStretch(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length >= Clause
        && !phrase.Candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle | CandidateMarks.CrossesBreak)
        && !source.TagKeys.Contains(phrase.Key)
        && !TitleNames.IsNamed(source, phrase);

    private static bool Overlaps(Candidate one, Candidate other)
    {
        if (one.FirstInTitle < 0 || other.FirstInTitle < 0 || one.Has(CandidateMarks.Unspaced) || other.Has(CandidateMarks.Unspaced))
        {
            return false;
        }

        var (first, end) = (one.FirstInTitle, one.FirstInTitle + one.Words.Length);
        var (otherFirst, otherEnd) = (other.FirstInTitle, other.FirstInTitle + other.Words.Length);
        return (first < otherFirst && otherFirst < end && end < otherEnd) || (otherFirst < first && first < otherEnd && otherEnd < end);
    }

    // "30 de octubre", "31/10/2018 summary", "Episode 4", "Promo": nobody searches one without the show.
    private static bool IsDateOrForm(Source source, RankedPhrase phrase) =>
        phrase.Candidate.HashtagCount == 0
        && (
            (phrase.Candidate.Words.Length > 1 && (DayAndMonth().IsMatch(phrase.Surface) || BeginsInDate(source, phrase.Candidate)))
            || (
                source.Kind.About != VideoKind.Talk
                && TitleSegments.RoleOf(TextCleaner.Tidy(phrase.Surface), source)
                    is SegmentRole.Date
                        or SegmentRole.Episode
                        or SegmentRole.Qualifier
            )
        );

    private static bool BeginsInDate(Source source, Candidate candidate) =>
        candidate is { TitleCount: > 0, Offset: > 0 }
        && candidate.Offset < source.SafeTitle.Length
        && source.SafeTitle[candidate.Offset - 1] == '/'
        && char.IsAsciiDigit(source.SafeTitle[candidate.Offset]);

    // "Jane v" of "Jane v. John".
    private static bool EndsInLetter(Candidate candidate) =>
        candidate.Words is { Length: > 1 } words && words[^1] is [>= 'a' and <= 'z'] && candidate.Surface is [.., >= 'a' and <= 'z'];

    // "Сборник Новых" of "Сборник Новых мультиков": the noun is cut off.
    private static bool EndsInAdjective(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var last = candidate.FirstInTitle + candidate.Words.Length - 1;
        return candidate.FirstInTitle >= 0
            && candidate.Words.Length > 1
            && source.Language.Code is "ru" or "uk"
            && last + 1 < tokens.Count
            && tokens[last + 1].Before == Gap.Space
            && Array.Exists(AdjectiveEndings, ending => tokens[last].Folded.EndsWith(ending, StringComparison.Ordinal));
    }

    // "Pythonie 3", "pull requesta": the name with an ending; the name itself is what viewers type.
    private static bool HoldsInflectedName(Source source, Candidate candidate) =>
        candidate.Words.Length > 1
        && !candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.WholeTitle)
        && BaseForms.Inflects(source.Language.Code)
        && Array.Exists(candidate.Words, word => word.All(char.IsAsciiLetter) && IsInflected(source, word));

    private static bool IsInflected(Source source, string word)
    {
        var lexicon = source.Model.Lexicon;
        var own = lexicon.Word(word, without: null).Tag;
        for (var length = word.Length - 1; length >= Math.Max(LeastStem, word.Length - LongestEnding); length--)
        {
            if (lexicon.Word(word[..length], without: null).Tag >= Math.Max(KnownToSeveral, (own * 4) + 1))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\b\d{1,2}/\d{1,2}\b", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex DayAndMonth();
}
