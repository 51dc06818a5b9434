using System.Collections.Concurrent;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// A plain set of words in matching form, from a file in <c>Words</c>: <c>wide-xx</c>, words that are known though not everyday, and
/// <c>frequent-xx</c>, the thousand most frequent ones, which hardly say anything by themselves. Thread-safe.
/// </summary>
internal sealed class WordSet
{
    private static readonly ConcurrentDictionary<string, WordSet> Loaded = new(StringComparer.Ordinal);
    private const int ShortestForm = 4;

    private readonly HashSet<string> words;
    private HashSet<string>? stems;

    private WordSet(string name) =>
        words = WordList
            .Read(name + ".txt")
            .SelectMany(line => new[] { Folding.Fold(line.Entry), Folding.StripDiacritics(Folding.Fold(line.Entry)) })
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Known words of a language beyond the everyday ones; empty where there is no list.</summary>
    public static WordSet Wide(string language) => Loaded.GetOrAdd("wide-" + language, static name => new WordSet(name));

    /// <summary>The most frequent words of a language; empty where there is no list.</summary>
    public static WordSet Frequent(string language) => Loaded.GetOrAdd("frequent-" + language, static name => new WordSet(name));

    public bool IsKnown => words.Count > 0;

    public bool Contains(string folded) => words.Contains(folded);

    /// <summary>Whether a word of the set has this stem, for languages that put many endings on a word.</summary>
    public bool HasStem(string stem, string language)
    {
        var stemming = Stemming.For(language);
        stems ??= [.. words.Where(word => word.Length >= ShortestForm).Select(stemming.Stem)];
        return stems.Contains(stem);
    }
}
