using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace YtOptimizer.Analysis.Text;

/// <summary>Where a phrase may not begin or end: "Sharpen a dull" was cut before its noun, "then the stone" leads on from something said
/// before. Read from <c>phrase-edges.txt</c>.</summary>
internal sealed class PhraseEdges
{
    // Shorter words that end like an inflected form are mostly none.
    private const int LeastStem = 3;
    private const int LeastSyllables = 1;

    private static readonly Lazy<ILookup<string, string>> Lists = StaticTables.Once(static () =>
        WordList
            .Read("phrase-edges.txt")
            .SelectMany(line => line.Entry.Split(' '), static (line, word) => (line.Section, Word: Folding.Fold(word)))
            .ToLookup(pair => pair.Section, pair => pair.Word, StringComparer.Ordinal)
    );

    private static readonly ConcurrentDictionary<string, PhraseEdges> Known = new(StringComparer.Ordinal);

    private readonly FrozenSet<string> first;
    private readonly FrozenSet<string> before;
    private readonly FrozenSet<string> last;
    private readonly FrozenSet<string> whole;
    private readonly string[] firstEnds;
    private readonly string[] lastEnds;

    private PhraseEdges(string language)
    {
        first = Lists.Value[language + " first"].ToFrozenSet(StringComparer.Ordinal);
        before = Lists.Value[language + " before"].ToFrozenSet(StringComparer.Ordinal);
        last = Lists.Value[language + " last"].ToFrozenSet(StringComparer.Ordinal);
        whole = Lists.Value[language + " whole"].ToFrozenSet(StringComparer.Ordinal);
        firstEnds = [.. Lists.Value[language + " first-end"]];
        lastEnds = [.. Lists.Value[language + " last-end"]];
    }

    /// <summary>The rules of a language; none where nothing is known of it.</summary>
    public static PhraseEdges For(string language) => Known.GetOrAdd(language, static code => new PhraseEdges(code));

    /// <summary>Whether a word, in matching form, leads on from something before it and so opens no name.</summary>
    public bool Opens(string word) => !first.Contains(word) && !Ends(word, firstEnds);

    /// <summary>The same in scripts without spaces, where the word is only the beginning of a run.</summary>
    public bool OpensRun(string text) => !first.Any(word => text.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a word, in matching form, may stand at the end of a name: it wants no other behind it.</summary>
    public bool Closes(string word) => !last.Contains(word) && !Ends(word, lastEnds);

    /// <summary>Whether a word belongs to the noun behind it, where one follows.</summary>
    public bool MayPrecede(string word) => before.Contains(word) || !Closes(word);

    /// <summary>The text without the words at its end that want another, for what had to be cut by length; never empty.</summary>
    public string Trim(string text, StopWords stopWords)
    {
        var tokens = Tokenizer.Tokenize(text, stopWords);
        var kept = tokens.Count;
        while (kept > 1 && (tokens[kept - 1].IsStop || !Closes(tokens[kept - 1].Folded)))
        {
            kept--;
        }

        return kept == tokens.Count ? text : text[..tokens[kept - 1].End];
    }

    private bool Ends(string word, string[] endings)
    {
        if (endings.Length == 0 || whole.Contains(word))
        {
            return false;
        }

        foreach (var ending in endings)
        {
            var stem = ending[0] is >= '\uAC00' and <= '\uD7A3' ? LeastSyllables : LeastStem;
            if (word.Length >= ending.Length + stem && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
