using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>
/// What the places of a word in title and description say of it: beside "I" or before "my" it is a verb, before a colon the heading of a
/// line. Letter case says nothing of it in titles. Lists by language: <c>word-places.txt</c>.
/// </summary>
internal sealed class WordPlaces
{
    // A heading is a word or two.
    private const int LongestHeading = 3;
    private const int LeastStem = 2;

    private static readonly Lazy<ILookup<string, string>> Lists = StaticTables.Once(static () =>
        WordList
            .Read("word-places.txt")
            .SelectMany(line => line.Entry.Split(' '), static (line, word) => (line.Section, Word: Folding.Fold(word)))
            .ToLookup(pair => pair.Section, pair => pair.Word, StringComparer.Ordinal)
    );

    private static readonly ConcurrentDictionary<string, Neighbours> Known = new(StringComparer.Ordinal);

    private readonly string language;
    private readonly Neighbours neighbours;
    private readonly Dictionary<string, bool> verbs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Places> places = new(StringComparer.Ordinal);

    public WordPlaces(Source source)
    {
        language = source.Language.Code;
        neighbours = Known.GetOrAdd(source.Language.Code, static code => new Neighbours(code));
        Read(source.SafeTitle, source.Text.TitleTokens, isTitle: true);
        Read(source.SafeDescription, source.Text.DescriptionTokens, isTitle: false);
    }

    /// <summary>Whether a word, in matching form, is used as a verb and nowhere as a noun.</summary>
    public bool IsVerb(string word)
    {
        var known = places.GetValueOrDefault(word);
        return known.Noun == 0 && (known.Verb * 2 > known.All || neighbours.EndsAsVerb(word));
    }

    /// <summary>Whether a word has the form of a verb and stands nowhere as a noun; it may be one all the same.</summary>
    public bool MayBeVerb(string word)
    {
        if (!verbs.TryGetValue(word, out var known))
        {
            verbs[word] = known = places.GetValueOrDefault(word).Noun == 0 && (VerbForms.For(language).Has(word) || IsVerb(word));
        }

        return known;
    }

    /// <summary>Whether a verb, and hardly a noun, stands before a word: an article, a possessive, a personal pronoun.</summary>
    public bool MayBeObject(string word) => word == "the" || neighbours.Object.Contains(word);

    /// <summary>The words of a section of the lists.</summary>
    internal static IEnumerable<string> Words(string section) => Lists.Value[section];

    /// <summary>Whether a word stands only in headings of lines, never in the title or in a sentence.</summary>
    public bool IsHeading(string word) => places.GetValueOrDefault(word) is { All: > 0, Title: 0 } known && known.Heading == known.All;

    private void Read(string text, List<Token> tokens, bool isTitle)
    {
        var opening = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i].Before >= Gap.Break && !IsSlash(text, tokens[i]))
            {
                opening = i;
            }

            if (tokens[i].IsStop || tokens[i].Has(TokenFlags.Hashtag))
            {
                continue;
            }

            var known = places.GetValueOrDefault(tokens[i].Folded);
            known.All++;
            known.Title += isTitle ? 1 : 0;
            var before = i > 0 && tokens[i].Before is Gap.Space or Gap.Joint ? tokens[i - 1].Folded : "";
            var after = i + 1 < tokens.Count && tokens[i + 1].Before == Gap.Space ? tokens[i + 1].Folded : "";
            known.Noun += neighbours.Noun.Contains(before) ? 1 : 0;
            // "Jane Roe Tells the Story", but "Conan the Barbarian".
            var told = after == "the" && before.Length > 0 && !tokens[i - 1].IsStop;
            known.Verb += told || neighbours.Subject.Contains(before) || neighbours.Object.Contains(after) ? 1 : 0;
            known.Heading += !isTitle && IsInHeading(text, tokens, opening, i) ? 1 : 0;
            places[tokens[i].Folded] = known;
        }
    }

    // From the beginning of the line or sentence to a colon that no link or time follows.
    private static bool IsInHeading(string text, List<Token> tokens, int opening, int i)
    {
        if (i - opening >= LongestHeading)
        {
            return false;
        }

        var last = i;
        while (last + 1 < tokens.Count && (tokens[last + 1].Before < Gap.Break || IsSlash(text, tokens[last + 1])))
        {
            last++;
            if (last - opening >= LongestHeading)
            {
                return false;
            }
        }

        var rest = text.AsSpan(tokens[last].End).TrimStart(' ');
        return rest.Length > 0 && rest[0] is ':' or '：' && !rest[1..].StartsWith("//");
    }

    private static bool IsSlash(string text, Token token) => token.Start > 0 && text[token.Start - 1] == '/';

    private record struct Places(int All, int Title, int Verb, int Noun, int Heading);

    private sealed class Neighbours(string language)
    {
        private readonly string[] ends = [.. Lists.Value[language + " ends"]];
        private readonly FrozenSet<string> whole = Set(language + " whole");

        public FrozenSet<string> Subject { get; } = Set(language + " subject");

        public FrozenSet<string> Object { get; } = Set(language + " object");

        public FrozenSet<string> Noun { get; } = Set(language + " noun");

        public bool EndsAsVerb(string word) =>
            ends.Length > 0
            && !whole.Contains(word)
            && Array.Exists(ends, end => word.Length >= end.Length + LeastStem && word.EndsWith(end, StringComparison.Ordinal));

        private static FrozenSet<string> Set(string section) => Lists.Value[section].ToFrozenSet(StringComparer.Ordinal);
    }
}
