using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The short words around the phrases of a title in one language, from <c>overlays.txt</c>.</summary>
internal sealed class OverlayLists
{
    private static readonly Lazy<FrozenDictionary<string, FrozenSet<string>>> All = StaticTables.Once(static () =>
        KindData
            .Lines("overlays.txt")
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(
                parts => parts[0],
                parts => parts[1].Split(' ').Select(Folded).ToFrozenSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            )
    );

    private static readonly ConcurrentDictionary<string, OverlayLists> Known = new(StringComparer.Ordinal);

    private const char FirstOfAsia = '\u2E80';

    // Of Japanese.
    private static readonly SearchValues<char> Particles = SearchValues.Create("をがはにのとでも");
    private readonly FrozenSet<string> adjectives;
    private readonly FrozenSet<string> abstracts;
    private readonly FrozenSet<string> chains;
    private readonly FrozenSet<string> obliques;
    private readonly FrozenSet<string> surnames;

    private OverlayLists(string language)
    {
        FrozenSet<string> Any(string name) => All.Value.GetValueOrDefault(name + " any", FrozenSet<string>.Empty);
        FrozenSet<string> Of(string name) => All.Value.GetValueOrDefault(name + " " + language, FrozenSet<string>.Empty);
        FrozenSet<string> Mixed(string name) =>
            Any("mixed").Contains(language) ? Of(name).Concat(All.Value[name + " en"]).ToFrozenSet(StringComparer.Ordinal) : Of(name);
        MixesEnglish = Any("mixed").Contains(language);
        Articles = Of("article");
        Before = Mixed("before");
        Joins = Of("joins");
        Leads = Mixed("leads");
        Never = Any("never");
        EndsWithSubject = Any("tail").Contains(language);
        Without = Of("without");
        Self = Of("self");
        Deeds = Of("deed");
        Telling = Of("telling");
        Events = Of("event");
        Results = Of("result");
        Forms = Any("form");
        Places = Any("place");
        Makers = Any("maker");
        Shows = Any("show");
        Reactions = Any("reaction");
        Cures = Any("cure");
        Accusations = Any("accuse");
        Charges = Any("charge");
        Grave = Any("grave");
        Given = Any("given");
        GraveUnspaced = [.. Grave.Where(word => word[0] >= FirstOfAsia)];
        chains = Of("chain");
        obliques = Of("oblique");
        abstracts = Any("abstract");
        adjectives = Of("adjective");
        surnames = Of("surname");
    }

    // The matching form has no star.
    private static string Folded(string word) => word.EndsWith('*') ? Folding.Fold(word[..^1]) + "*" : Folding.Fold(word);

    /// <summary>Whether titles in another script mix English in.</summary>
    public bool MixesEnglish { get; }

    public FrozenSet<string> Articles { get; }

    public FrozenSet<string> Before { get; }

    public FrozenSet<string> Joins { get; }

    public FrozenSet<string> Leads { get; }

    public FrozenSet<string> Without { get; }

    /// <summary>Words by which somebody speaks of himself.</summary>
    public FrozenSet<string> Self { get; }

    public FrozenSet<string> Never { get; }

    /// <summary>Whether the last words of a sentence stand alone.</summary>
    public bool EndsWithSubject { get; }

    public FrozenSet<string> Deeds { get; }

    public FrozenSet<string> Telling { get; }

    public FrozenSet<string> Events { get; }

    /// <summary>Words of what has a before and an after.</summary>
    public FrozenSet<string> Results { get; }

    /// <summary>Words that say what form a video has, or nothing.</summary>
    public FrozenSet<string> Forms { get; }

    /// <summary>Words that open or close the name of a place, a club or a show: no person.</summary>
    public FrozenSet<string> Places { get; }

    public FrozenSet<string> Makers { get; }

    /// <summary>Words that say that a name is that of a series or show.</summary>
    public FrozenSet<string> Shows { get; }

    /// <summary>Words of a video in which somebody is seen while watching another.</summary>
    public FrozenSet<string> Reactions { get; }

    public FrozenSet<string> Cures { get; }

    public FrozenSet<string> Accusations { get; }

    public FrozenSet<string> Charges { get; }

    /// <summary>First names that are no other word.</summary>
    public FrozenSet<string> Given { get; }

    /// <summary>Words of death, accident and crime.</summary>
    public FrozenSet<string> Grave { get; }

    /// <summary>Those of them that are looked for anywhere in a text: scripts without spaces, and Korean.</summary>
    public IReadOnlyList<string> GraveUnspaced { get; }

    public static OverlayLists For(string language) => Known.GetOrAdd(language, static code => new OverlayLists(code));

    /// <summary>Whether a clause in a script without spaces ends with a word that leads on.</summary>
    public bool LeadsOn(string text) => Particles.Contains(text[^1]) || Leads.Any(end => text.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a word has the ending of an abstract noun.</summary>
    public bool IsAbstract(string word) =>
        abstracts.Any(end => word.Length >= end.Length + 3 && word.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a word ends like the verb of a clause that leads on to another.</summary>
    public bool IsChained(string word) =>
        chains.Count > 0 && chains.Any(end => word.Length > end.Length && word.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a word has the ending of one that depends on the word before it.</summary>
    public bool IsOblique(string word) =>
        obliques.Count > 0 && obliques.Any(end => word.Length >= end.Length + 2 && word.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a word may be a surname in its plain form: of languages with cases those with the ending of one.</summary>
    public bool MayBeSurname(string word) => surnames.Count == 0 || surnames.Any(end => word.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a list has the word, as it is or as a beginning ("murder*").</summary>
    public static bool Has(FrozenSet<string> list, string word)
    {
        if (list.Contains(word))
        {
            return true;
        }

        for (var length = 3; length <= word.Length; length++)
        {
            if (list.Contains(word[..length] + "*"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word is an adjective in its plain form, to judge by its ending.</summary>
    public bool IsAdjective(string word) =>
        adjectives.Count > 0 && adjectives.Any(end => word.Length >= end.Length + 3 && word.EndsWith(end, StringComparison.Ordinal));
}
