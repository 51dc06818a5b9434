using System.Collections.Frozen;
using System.Reflection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>The small words of a language that tell what stands beside them: "the" names a thing, "we" something done. Read from
/// <c>roles.txt</c>.</summary>
internal sealed class WordRoles
{
    private const string Resource = "YtOptimizer.Analysis.Speech.roles.txt";
    private static readonly FrozenSet<string> Empty = FrozenSet<string>.Empty;
    private static readonly Lazy<Dictionary<string, WordRoles>> Packs = StaticTables.Once(Load);
    private static readonly WordRoles None = new([]);

    private WordRoles(Dictionary<string, string[]> lists)
    {
        Thing = Set(lists, "thing");
        Deed = Set(lists, "deed");
        Join = Set(lists, "join");
        Link = Set(lists, "link");
        Weak = Set(lists, "weak");
        Skip = Set(lists, "skip");
        Vague = Set(lists, "vague");
        Lead = Set(lists, "lead");
        promises = lists.TryGetValue("promise", out var said) ? [.. said.Select(words => Folding.Fold(words.Replace('_', ' ')))] : [];
    }

    private readonly string[] promises;

    /// <summary>Lean on the sentence before and go from the beginning of one.</summary>
    public FrozenSet<string> Lead { get; }

    /// <summary>Whether a sentence says what the video will show.</summary>
    public bool Promises(string sentence)
    {
        var folded = " " + Folding.Fold(sentence) + " ";
        return promises.Any(promise =>
            folded.Contains(Scripts.IsUnspaced(Scripts.OfFirst(promise)) ? promise : " " + promise + " ", StringComparison.Ordinal)
        );
    }

    /// <summary>Stands before the name of a thing: articles, possessives.</summary>
    public FrozenSet<string> Thing { get; }

    /// <summary>Stands before what is done: "to", "we", "hay que".</summary>
    public FrozenSet<string> Deed { get; }

    public FrozenSet<string> Join { get; }

    /// <summary>Makes one name of two: "of", "with".</summary>
    public FrozenSet<string> Link { get; }

    /// <summary>Verbs that say nothing by themselves.</summary>
    public FrozenSet<string> Weak { get; }

    /// <summary>Fillers, adverbs, numbers, units: they belong to no name.</summary>
    public FrozenSet<string> Skip { get; }

    /// <summary>Things that could be anything.</summary>
    public FrozenSet<string> Vague { get; }

    public static WordRoles For(string language) => Packs.Value.GetValueOrDefault(language, None);

    private static FrozenSet<string> Set(Dictionary<string, string[]> lists, string kind) =>
        lists.TryGetValue(kind, out var words) ? words.Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal) : Empty;

    private static Dictionary<string, WordRoles> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var packs = new Dictionary<string, Dictionary<string, string[]>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(": ") is not [var head, var words] || head.Split(' ') is not [var language, var kind])
            {
                continue;
            }

            if (!packs.TryGetValue(language, out var pack))
            {
                packs[language] = pack = new(StringComparer.Ordinal);
            }

            pack[kind] = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        return packs.ToDictionary(pair => pair.Key, pair => new WordRoles(pair.Value), StringComparer.Ordinal);
    }
}
