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
    private static readonly HashSet<string> TermLast = new(["en", "de", "nl", "sv", "ja", "ko", "zh", "tr"], StringComparer.Ordinal);
    private static readonly HashSet<string> TermFirst = new(["es", "pt", "fr", "it"], StringComparer.Ordinal);

    /// <summary>At most two tags, the one with the subject first.</summary>
    public static IEnumerable<string> Write(Source source, IReadOnlyList<RankedPhrase> phrases)
    {
        if (source.Kind.Confidence < Sure || source.Kind.About != source.Kind.Kind || Term(source) is not { } term)
        {
            yield break;
        }

        var words = Folding.Fold(term).Split(' ').Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);
        var at = phrases.ToList().FindIndex(phrase => phrase.Candidate.TitleCount > 0 && phrase.Candidate.Words.Length <= MostSubjectWords);
        if (
            at >= 0
            && WithSubject.Contains(source.Kind.Kind)
            && !IsHowTo(source, term)
            && !phrases[at].Candidate.Words.Select(source.Stemming.Stem).Any(words.Contains)
        )
        {
            var topic = TagWriter.Display(Casing.Calm(phrases[at].Surface, source));
            if (TermLast.Contains(source.Language.Code))
            {
                yield return topic + " " + term;
            }
            else if (TermFirst.Contains(source.Language.Code))
            {
                yield return term + " " + topic;
            }
        }

        // "talk" or "recipe" alone finds all of them.
        if (term.Contains(' ', StringComparison.Ordinal) && !IsHowTo(source, term))
        {
            yield return term;
        }
    }

    // "how to" by itself or behind a thing is no search.
    private static bool IsHowTo(Source source, string term)
    {
        var words = TitleWords.For(source.Language.Code);
        return words.HowTo.Concat(words.HowToEnds).Contains(term, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The kind's first term that claims nothing new: its plain name, or one whose words the source holds.</summary>
    public static string? Term(Source source)
    {
        var terms = KindConventions.Terms(source.Kind.Kind, source.Language.Code);
        return terms.FirstOrDefault(term => source.Tokens(term).TrueForAll(token => token.IsStop || source.Supports(token)))
            ?? (
                source.Kind.Kind is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Kids
                    ? null
                    : terms.FirstOrDefault(term => !term.Contains(' ', StringComparison.Ordinal))
            );
    }
}
