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
                parts => parts[1].Split(' ').Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            )
    );

    private static readonly ConcurrentDictionary<string, OverlayLists> Known = new(StringComparer.Ordinal);

    // Of Japanese.
    private static readonly SearchValues<char> Particles = SearchValues.Create("をがはにのとでも");
    private readonly FrozenSet<string> adjectives;

    private OverlayLists(string language)
    {
        FrozenSet<string> Any(string name) => All.Value.GetValueOrDefault(name + " any", FrozenSet<string>.Empty);
        FrozenSet<string> Of(string name) => All.Value.GetValueOrDefault(name + " " + language, FrozenSet<string>.Empty);
        FrozenSet<string> Mixed(string name) =>
            Any("mixed").Contains(language) ? Of(name).Concat(All.Value[name + " en"]).ToFrozenSet(StringComparer.Ordinal) : Of(name);
        Articles = Of("article");
        Before = Mixed("before");
        Joins = Of("joins");
        Leads = Mixed("leads");
        Never = Any("never");
        EndsWithSubject = Any("tail").Contains(language);
        Without = Of("without");
        Deeds = Of("deed");
        Telling = Of("telling");
        Events = Of("event");
        adjectives = Of("adjective");
    }

    public FrozenSet<string> Articles { get; }

    public FrozenSet<string> Before { get; }

    public FrozenSet<string> Joins { get; }

    public FrozenSet<string> Leads { get; }

    public FrozenSet<string> Without { get; }

    public FrozenSet<string> Never { get; }

    /// <summary>Whether the last words of a sentence stand alone.</summary>
    public bool EndsWithSubject { get; }

    public FrozenSet<string> Deeds { get; }

    public FrozenSet<string> Telling { get; }

    public FrozenSet<string> Events { get; }

    public static OverlayLists For(string language) => Known.GetOrAdd(language, static code => new OverlayLists(code));

    /// <summary>Whether a clause in a script without spaces ends with a word that leads on.</summary>
    public bool LeadsOn(string text) => Particles.Contains(text[^1]) || Leads.Any(end => text.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether a word is an adjective in its plain form, to judge by its ending.</summary>
    public bool IsAdjective(string word) =>
        adjectives.Count > 0 && adjectives.Any(end => word.Length >= end.Length + 3 && word.EndsWith(end, StringComparison.Ordinal));
}
