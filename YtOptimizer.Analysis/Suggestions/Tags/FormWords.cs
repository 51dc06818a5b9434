using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Words that say what form a video has, when it was made or which part it is: alone on a thumbnail or as a hashtag they say
/// nothing.</summary>
internal static class FormWords
{
    private const int LongForm = 6;

    private static readonly HashSet<string> Parts = WordList
        .Section("title-words.txt", "parts of series")
        .Select(Folding.Fold)
        .ToHashSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Forms = new(StringComparer.Ordinal);

    /// <summary>"SAISON 3", "DEC 09", "COMEDY VIDEO", "REPORTAGE &amp; DOKUMENTATION".</summary>
    public static bool SaysNothing(Source source, string text)
    {
        var words = Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var forms = Forms.GetOrAdd(source.Language.Code, FormsOf, source.Stemming);
        return words.Any(word => Parts.Contains(word) || TitleParser.IsMonth(word))
            // "3 INGREDIENTS": a figure says how many of them.
            || (
                !char.IsDigit(text[0])
                && words.All(word =>
                    IsForm(source, forms, word)
                    || TitleParser.IsQualifier(word)
                    || PhraseQuality.IsEverywhere(word)
                    || source.StopWords.Contains(word)
                    || word.All(char.IsDigit)
                )
            )
            // "Extended highlights"
            || (
                words.Length == 2
                && !char.IsDigit(text[0])
                && IsForm(source, forms, words[1])
                && !source.TagKeys.Contains(string.Join(' ', words))
            )
            || (words.Length == 1 && source.IsEveryday(words[0]) && !source.TagKeys.Contains(words[0]) && !source.IsNamed(words[0]));
    }

    // Also with an ending: "fragmanı".
    private static bool IsForm(Source source, FrozenSet<string> forms, string word) =>
        forms.Contains(word)
        || forms.Contains(source.Stemming.Stem(word))
        || (word.Length >= LongForm + 1 && (forms.Contains(word[..^1]) || (word.Length >= LongForm + 2 && forms.Contains(word[..^2]))));

    private static FrozenSet<string> FormsOf(string language, Stemming stemming) =>
        Enum.GetValues<VideoKind>()
            .SelectMany(kind => KindConventions.Terms(kind, language).Concat(KindConventions.Terms(kind, "en")))
            .SelectMany(term => Folding.Fold(term).Split(' '))
            .SelectMany(word => new[] { word, stemming.Stem(word) })
            .ToFrozenSet(StringComparer.Ordinal);
}
