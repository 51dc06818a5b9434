using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>General terms of the kind where the kind is sure: its plain name and, where searches put both together, the subject with it
/// ("banoffee recipe").</summary>
internal static class KindTags
{
    private const double Sure = 0.8;
    private const int MostSubjectWords = 3;

    private static readonly HashSet<VideoKind> WithSubject =
    [
        VideoKind.Recipe,
        VideoKind.Review,
        VideoKind.Trailer,
        VideoKind.Interview,
        VideoKind.Gaming,
        VideoKind.Tutorial,
    ];

    // Kinds that are what their plain name says, also where the text does not say it.
    private static readonly HashSet<VideoKind> NamedPlainly = [VideoKind.Recipe, VideoKind.Review, VideoKind.Interview];

    private static readonly HashSet<string> TermLast = new(
        ["en", "de", "nl", "sv", "ja", "ko", "zh", "tr", "hi", "bn", "ta", "te"],
        StringComparer.Ordinal
    );
    private static readonly HashSet<string> TermFirst = new(["es", "pt", "fr", "it", "id", "vi", "ar"], StringComparer.Ordinal);

    // Languages that would put the subject in a case; a name in Latin letters has none there.
    private static readonly HashSet<string> TermFirstOfLatin = new(["ru", "uk", "bg"], StringComparer.Ordinal);

    /// <summary>At most two tags, the one with the subject first.</summary>
    public static IEnumerable<string> Write(Source source, IReadOnlyList<RankedPhrase> phrases)
    {
        if (source.Kind.Confidence < Sure || source.Kind.About != source.Kind.Kind || Term(source) is not { } term)
        {
            yield break;
        }

        var words = Folding.Fold(term).Split(' ').Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);
        if (
            Subject(source, phrases, words) is { } subject
            && WithSubject.Contains(source.Kind.Kind)
            && !IsHowTo(source, term)
            && !subject.Candidate.Words.Select(source.Stemming.Stem).Any(words.Contains)
        )
        {
            var topic = TagWriter.Display(Casing.Calm(subject.Surface, source));
            if (TermLast.Contains(source.Language.Code))
            {
                yield return topic + " " + term;
            }
            else if (
                TermFirst.Contains(source.Language.Code)
                || (TermFirstOfLatin.Contains(source.Language.Code) && subject.Key.All(char.IsAscii))
            )
            {
                var joined = source.Kind.Kind == VideoKind.Recipe && source.Language.Code is ("es" or "pt") ? " de " : " ";
                yield return term + joined + topic;
            }
        }

        // "talk" or "recipe" alone finds all of them.
        if (term.Contains(' ', StringComparison.Ordinal) && !IsHowTo(source, term))
        {
            yield return term;
        }
    }

    // A guest is a name of the title; elsewhere the first phrase of the title, with the words that belong to it ("pumpkin bread").
    private static RankedPhrase? Subject(Source source, IReadOnlyList<RankedPhrase> phrases, HashSet<string> words)
    {
        var fit = phrases.Where(phrase => phrase.Candidate.TitleCount > 0 && phrase.Candidate.Words.Length <= MostSubjectWords).ToList();
        if (source.Kind.Kind == VideoKind.Interview)
        {
            var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
            var guests = TitleNames
                .Of(source)
                .FindAll(name =>
                    name.Candidate.Words.Length is > 1 and <= MostSubjectWords
                    && !channel.Contains(name.Key, StringComparison.Ordinal)
                    && name.Candidate.Words.All(word => word.All(char.IsLetter))
                    && !Array.Exists(name.Candidate.Words, word => source.Places.IsVerb(word) || source.IsEveryday(word))
                );
            return guests.Count > 0 ? guests[0] : null;
        }

        return fit.Count == 0
            ? null
            : fit.Where(phrase =>
                    phrase.Key == fit[0].Key
                    || (
                        (" " + phrase.Key + " ").Contains(" " + fit[0].Key + " ", StringComparison.Ordinal)
                        && (phrase.Candidate.Has(CandidateMarks.TitleSegment) || TitleNames.IsNamed(source, phrase))
                        && phrase.Surface.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-')
                        && !char.IsDigit(phrase.Key[0])
                        && !phrase.Candidate.Words.Select(source.Stemming.Stem).Any(words.Contains)
                    )
                )
                .MaxBy(static phrase => phrase.Candidate.Words.Length);
    }

    // "how to" or "how to make" by itself or behind a thing is no search.
    private static bool IsHowTo(Source source, string term)
    {
        var words = TitleWords.For(source.Language.Code);
        return words.HowTo.Any(start => (term + " ").StartsWith(start + " ", StringComparison.OrdinalIgnoreCase))
            || words.HowToEnds.Contains(term, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The kind's first term that claims nothing new: its plain name, or one whose words the source holds.</summary>
    public static string? Term(Source source)
    {
        var terms = KindConventions.Terms(source.Kind.Kind, source.Language.Code);
        if (NamedPlainly.Contains(source.Kind.Kind) && terms is [var plain, ..])
        {
            return plain;
        }

        return terms.FirstOrDefault(term =>
            !IsHowTo(source, term)
            && source.Tokens(term).TrueForAll(token => token.IsStop || source.Supports(token))
            && (source.Kind.Kind != VideoKind.Kids || IsWritten(source, term))
        )
            ?? (
                source.Kind.Kind is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Kids or VideoKind.Tutorial
                    ? null
                    : terms.FirstOrDefault(term => !term.Contains(' ', StringComparison.Ordinal))
            );
    }

    // Not "for kids" where "kids" is the end of a band's name: who a video is for is the creator's word.
    private static bool IsWritten(Source source, string term) =>
        source.SafeTitle.Contains(term, StringComparison.OrdinalIgnoreCase)
        || source.SafeDescription.Contains(term, StringComparison.OrdinalIgnoreCase);
}
