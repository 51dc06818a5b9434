using System.Collections.Concurrent;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// The everyday words of a language and their inflections. They say how something is told and name nobody, so a suggestion may use
/// them although the source does not. Sources of the lists: head of each file in <c>Words</c>. Thread-safe.
/// </summary>
internal sealed class CommonWords
{
    private static readonly ConcurrentDictionary<string, CommonWords> Loaded = new(StringComparer.Ordinal);
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<string> stems = new(StringComparer.Ordinal);

    private CommonWords(string language)
    {
        var stemming = Stemming.For(language);
        foreach (var (_, entry) in WordList.Read($"words-{language}.txt"))
        {
            var word = Folding.Fold(entry);
            words.Add(word);
            words.Add(Folding.StripDiacritics(word));
            if (word.Length >= 4)
            {
                stems.Add(stemming.Stem(word));
            }
        }
    }

    public static CommonWords For(string language) => Loaded.GetOrAdd(language, static code => new CommonWords(code));

    /// <summary>False for languages without a list: then nothing is known to be everyday.</summary>
    public bool IsKnown => words.Count > 0;

    public bool HasWord(string folded) => words.Contains(folded);

    /// <param name="stem">Stem of the word by the same language's stemmer.</param>
    public bool Contains(string folded, string stem) =>
        words.Contains(folded) || (folded.Length >= 4 && stems.Contains(stem)) || words.Contains(Folding.StripDiacritics(folded));
}
