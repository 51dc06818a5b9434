using System.Collections.Concurrent;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>What kind of fact a word states.</summary>
internal enum FactKind
{
    Superlative,
    Hype,
    Result,
    Promotion,
    Negation,

    /// <summary>Phrases with a "not" that denies nothing ("not only").</summary>
    Affirmed,

    /// <summary>Words that open a question.</summary>
    Question,
    General,

    /// <summary>A version of the video that the source must name ("remix", "full movie", "ft.").</summary>
    Version,

    /// <summary>Equipment, programs and services of those who make videos.</summary>
    Gear,

    /// <summary>Words that promise to teach something.</summary>
    Teaching,
}

/// <param name="First">Index of the first token.</param>
/// <param name="Count">Tokens that form the entry.</param>
internal readonly record struct FactHit(int First, int Count);

/// <summary>The words of one language that state facts, from the files in <c>Facts</c>. Thread-safe.</summary>
internal sealed class FactWords
{
    private static readonly ConcurrentDictionary<string, FactWords> Loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<FactKind, EntrySet> sets = [];
    private readonly Dictionary<string, string> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> articles = new(StringComparer.Ordinal);
    private readonly List<(string[] Said, string[] Excluded)> opposites = [];

    private FactWords(string language)
    {
        // Words touch each other, or endings are glued to them: entries are found inside of words.
        IsGlued = language is "ja" or "zh" or "th" or "ko";
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            sets[kind] = new EntrySet();
        }

        foreach (var (section, entry) in WordList.Read($"facts-{language}.txt"))
        {
            if (section == "number")
            {
                // "one~1": an article as well; it supports a 1 and claims none.
                var at = entry.IndexOfAny(['=', '~']);
                (entry[at] == '=' ? numbers : articles)[Folding.Fold(entry[..at])] = entry[(at + 1)..];
            }
            else if (section == "opposite")
            {
                AddOpposites(entry);
            }
            else
            {
                sets[Enum.Parse<FactKind>(section, ignoreCase: true)].Add(entry);
            }
        }
    }

    public bool IsGlued { get; }

    /// <summary>Words that exclude each other: the first ones contradict a source that holds one of the second and none of the
    /// first.</summary>
    public IReadOnlyList<(string[] Said, string[] Excluded)> Opposites => opposites;

    public static FactWords For(string language) => Loaded.GetOrAdd(language, static code => new FactWords(code));

    /// <summary>The value of a number in words ("eight"), null for any other word.</summary>
    public string? Number(string folded) => numbers.GetValueOrDefault(folded);

    /// <summary>The same for a word of the source, where "one" may stand for 1.</summary>
    public string? SourceNumber(string folded) => numbers.GetValueOrDefault(folded) ?? articles.GetValueOrDefault(folded);

    /// <summary>Number words that stand inside of a glued text, with their values.</summary>
    public IEnumerable<string> NumbersIn(string folded) =>
        numbers.Where(number => folded.Contains(number.Key, StringComparison.Ordinal)).Select(number => number.Value);

    // "easy simple = hard" excludes in both directions; "winter = summer = spring" are alternatives.
    private void AddOpposites(string entry)
    {
        var sides = Array.ConvertAll(entry.Split('='), side =>
            Array.ConvertAll(side.Split(' ', StringSplitOptions.RemoveEmptyEntries), word =>
                Folding.Fold(word) + (word[^1] == '*' && !IsGlued ? "*" : "")
            )
        );
        for (var i = 0; i < sides.Length; i++)
        {
            opposites.Add((sides[i], [.. sides.Where((_, k) => k != i).SelectMany(side => side)]));
        }
    }

    /// <summary>Where entries of a kind stand.</summary>
    public List<FactHit> Find(FactKind kind, IReadOnlyList<Token> tokens)
    {
        var hits = new List<FactHit>();
        var set = sets[kind];
        for (var i = 0; i < tokens.Count; i++)
        {
            var count = set.Match(tokens, i);
            if (count > 0)
            {
                hits.Add(new FactHit(i, count));
                i += count - 1;
            }
        }

        return hits;
    }

    /// <summary>Entries of a kind inside of a glued text.</summary>
    public IEnumerable<string> FindGlued(FactKind kind, string folded) => sets[kind].Inside(folded);

    /// <summary>The single words of a kind, without prefixes and phrases.</summary>
    public IEnumerable<string> Words(FactKind kind) => sets[kind].Words;

    public bool Has(FactKind kind, string folded) => sets[kind].HasWord(folded);
}

/// <summary>Words, prefixes, endings and phrases of one kind.</summary>
internal sealed class EntrySet
{
    private const int LongestPrefix = 16;
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<string> prefixes = new(StringComparer.Ordinal);
    private readonly List<string> endings = [];
    private readonly Dictionary<string, List<string[]>> phrases = new(StringComparer.Ordinal);
    private readonly List<string> pieces = [];

    public IEnumerable<string> Words => words;

    public void Add(string entry)
    {
        var folded = Folding.Fold(entry);
        if (folded.Length == 0)
        {
            return;
        }

        pieces.Add(folded.Replace(" ", "", StringComparison.Ordinal));
        if (entry.EndsWith('*'))
        {
            prefixes.Add(folded);
        }
        else if (entry.StartsWith('*'))
        {
            endings.Add(folded);
        }
        else if (folded.Contains(' ', StringComparison.Ordinal))
        {
            var parts = folded.Split(' ');
            if (!phrases.TryGetValue(parts[0], out var list))
            {
                phrases[parts[0]] = list = [];
            }

            list.Add(parts);
        }
        else
        {
            words.Add(folded);
        }
    }

    /// <summary>Number of tokens from <paramref name="at"/> on that form an entry; 0 when none does. Phrases before words.</summary>
    public int Match(IReadOnlyList<Token> tokens, int at)
    {
        var folded = tokens[at].Folded;
        var first = folded.Split(' ')[0];
        if (phrases.TryGetValue(first, out var list))
        {
            foreach (var phrase in list)
            {
                if (Follows(tokens, at, phrase, out var count))
                {
                    return count;
                }
            }
        }

        return HasWord(folded) ? 1 : 0;
    }

    public bool HasWord(string folded)
    {
        if (words.Contains(folded))
        {
            return true;
        }

        for (var length = Math.Min(LongestPrefix, folded.Length); length >= 2 && prefixes.Count > 0; length--)
        {
            if (prefixes.Contains(folded[..length]))
            {
                return true;
            }
        }

        foreach (var ending in endings)
        {
            if (folded.Length > ending.Length + 2 && folded.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public IEnumerable<string> Inside(string folded) => pieces.Where(piece => folded.Contains(piece, StringComparison.Ordinal));

    // Tokens hold "don t" and "a b" in parts: the comparison is on single words.
    private static bool Follows(IReadOnlyList<Token> tokens, int at, string[] phrase, out int count)
    {
        count = 0;
        var next = 0;
        while (next < phrase.Length)
        {
            if (at + count >= tokens.Count || (count > 0 && tokens[at + count].Before >= Gap.Break))
            {
                return false;
            }

            foreach (var word in tokens[at + count].Folded.Split(' '))
            {
                if (next >= phrase.Length || word != phrase[next])
                {
                    return false;
                }

                next++;
            }

            count++;
        }

        return true;
    }
}
