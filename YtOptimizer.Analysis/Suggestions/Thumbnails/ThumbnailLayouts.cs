using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <param name="Place">Which of the ideas it may be; lines of one place are alternatives. 0: any.</param>
/// <param name="Archetype">A name that clients know.</param>
/// <param name="Needs">'s' both sides, artist and track, or film and actor; 'p' a person, 't' a thing, 'a' either; '-' none.</param>
/// <param name="Hook">Of which words it is; none: of any.</param>
/// <param name="Concept">With places for the named things.</param>
internal sealed record ThumbnailLayout(
    int Place,
    string Archetype,
    char Needs,
    ThumbnailHook Hook,
    string Concept,
    IReadOnlyList<string> Elements,
    string Composition
)
{
    private static readonly Lazy<FrozenDictionary<VideoKind, ThumbnailLayout[]>> All = StaticTables.Once(Read);

    /// <summary>The layouts of a kind, place by place in the order of their use.</summary>
    public static IEnumerable<IGrouping<int, ThumbnailLayout>> For(VideoKind kind) =>
        All.Value.GetValueOrDefault(kind, []).Where(layout => layout.Place > 0).GroupBy(layout => layout.Place);

    /// <summary>The layouts of a kind for words with this hook.</summary>
    public static IEnumerable<ThumbnailLayout> For(VideoKind kind, ThumbnailHook hook) =>
        hook == ThumbnailHook.None ? [] : All.Value.GetValueOrDefault(kind, []).Where(layout => layout.Place == 0 && layout.Hook == hook);

    /// <summary>A text of the layout with the things in their places.</summary>
    public static string Fill(string text, string? a, string? b, string overlay) =>
        text.Replace("{a}", a ?? "", StringComparison.Ordinal)
            .Replace("{b}", b ?? "", StringComparison.Ordinal)
            .Replace("{n}", ThumbnailHooks.Count(overlay), StringComparison.Ordinal)
            .Replace("{o}", overlay, StringComparison.Ordinal);

    private static FrozenDictionary<VideoKind, ThumbnailLayout[]> Read() =>
        KindData
            .Lines("thumbnails.txt")
            .SelectMany(line =>
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                var head = line[..colon].Split(' ');
                var parts = line[(colon + 2)..].Split(" | ");
                var hook = head[3].Length == 1 ? ThumbnailHook.None : Enum.Parse<ThumbnailHook>(head[3], ignoreCase: true);
                var needs = hook == ThumbnailHook.None ? head[3][0] : '-';
                var layout = new ThumbnailLayout(head[1][0] - '0', head[2], needs, hook, parts[0], parts[1].Split("; "), parts[2]);
                return head[0].Split(',').Select(kind => (Kind: Enum.Parse<VideoKind>(kind, ignoreCase: true), Layout: layout));
            })
            .GroupBy(pair => pair.Kind)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Layout).ToArray());
}
