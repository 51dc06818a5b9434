using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <param name="Archetype">A name that clients know.</param>
/// <param name="Things">How many named things it needs.</param>
/// <param name="MustBeSure">Whether the second must be a person, a side or a track and not just any phrase.</param>
/// <param name="Concept">With places for the named things.</param>
internal sealed record ThumbnailLayout(
    string Archetype,
    int Things,
    bool MustBeSure,
    string Concept,
    IReadOnlyList<string> Elements,
    string Composition
)
{
    private static readonly Lazy<FrozenDictionary<VideoKind, ThumbnailLayout[]>> All = StaticTables.Once(Read);

    /// <summary>The layouts of a kind in the order of their use.</summary>
    public static IReadOnlyList<ThumbnailLayout> For(VideoKind kind) => All.Value.GetValueOrDefault(kind, []);

    /// <summary>A text of the layout with the things in their places.</summary>
    public static string Fill(string text, string a, string? b, string overlay) =>
        text.Replace("{a}", a, StringComparison.Ordinal)
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
                    Layout: new ThumbnailLayout(head[1], head[2][0] - '0', head[2].EndsWith('p'), parts[0], parts[1].Split("; "), parts[2])
                );
            })
            .GroupBy(pair => pair.Kind)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Layout).ToArray());
}
