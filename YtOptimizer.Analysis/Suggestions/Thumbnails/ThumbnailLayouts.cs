using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <param name="Place">Which of the ideas it may be; lines of one place are alternatives.</param>
/// <param name="Archetype">A name that clients know.</param>
/// <param name="Needs">'s' both sides, artist and track, or film and actor; 'p' a person, 't' a named thing, 'a' either; '-' none.</param>
/// <param name="Concept">With places for the named things.</param>
internal sealed record ThumbnailLayout(
    int Place,
    string Archetype,
    char Needs,
    string Concept,
    IReadOnlyList<string> Elements,
    string Composition
)
{
    private static readonly Lazy<FrozenDictionary<VideoKind, ThumbnailLayout[]>> All = StaticTables.Once(Read);

    /// <summary>The layouts of a kind, place by place in the order of their use.</summary>
    public static IEnumerable<IGrouping<int, ThumbnailLayout>> For(VideoKind kind) =>
        All.Value.GetValueOrDefault(kind, []).GroupBy(layout => layout.Place);

    /// <summary>A text of the layout with the things in their places.</summary>
    public static string Fill(string text, string? a, string? b, string overlay) =>
        text.Replace("{a}", a ?? "", StringComparison.Ordinal)
            .Replace("{b}", b ?? "", StringComparison.Ordinal)
            .Replace("{o}", overlay, StringComparison.Ordinal);

    private static FrozenDictionary<VideoKind, ThumbnailLayout[]> Read() =>
        KindData
            .Lines("thumbnails.txt")
            .Select(line =>
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                var head = line[..colon].Split(' ');
                var parts = line[(colon + 2)..].Split(" | ");
                return (
                    Kind: Enum.Parse<VideoKind>(head[0], ignoreCase: true),
                    Layout: new ThumbnailLayout(head[1][0] - '0', head[2], head[3][0], parts[0], parts[1].Split("; "), parts[2])
                );
            })
            .GroupBy(pair => pair.Kind)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Layout).ToArray());
}
