using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What stands in the places of a layout.</summary>
/// <param name="A">A person or thing, or the first side.</param>
/// <param name="B">The second side.</param>
/// <param name="X">A thing that can be drawn.</param>
/// <param name="M">That a picture shows a clause of the title, or that it is from the video.</param>
internal readonly record struct LayoutFill(string? A, string? B, Picture? X, string M);

/// <param name="Place">Which of the ideas it may be; lines of one place are alternatives. 0: any.</param>
/// <param name="Archetype">A name that clients know.</param>
/// <param name="Needs">What it has to name, see <c>thumbnails.txt</c>.</param>
/// <param name="Hook">Of which words it is; none: of any.</param>
/// <param name="Concept">With places for the named things.</param>
internal sealed record ThumbnailLayout(
    int Place,
    string Archetype,
    string Needs,
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

    /// <summary>A text of the layout with the things in their places, with a capital where it begins with one.</summary>
    public static string Fill(string text, LayoutFill fill, string overlay)
    {
        var filled = text.Replace("{a}", fill.A ?? "", StringComparison.Ordinal)
            .Replace("{b}", fill.B ?? "", StringComparison.Ordinal)
            .Replace("{x}", fill.X?.What ?? "", StringComparison.Ordinal)
            .Replace("{m}", fill.M, StringComparison.Ordinal)
            .Replace("{w}", overlay, StringComparison.Ordinal)
            .Replace("{n}", ThumbnailHooks.Count(overlay), StringComparison.Ordinal);
        return text.StartsWith("{x}", StringComparison.Ordinal) ? char.ToUpperInvariant(filled[0]) + filled[1..] : filled;
    }

    private static FrozenDictionary<VideoKind, ThumbnailLayout[]> Read() =>
        KindData
            .Lines("thumbnails.txt")
            .SelectMany(line =>
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                var head = line[..colon].Split(' ');
                var parts = line[(colon + 2)..].Split(" | ");
                var plus = head[3].IndexOf('+', StringComparison.Ordinal);
                var hook = plus < 0 ? ThumbnailHook.None : Enum.Parse<ThumbnailHook>(head[3][..plus], ignoreCase: true);
                var layout = new ThumbnailLayout(
                    head[1][0] - '0',
                    head[2],
                    head[3][(plus + 1)..],
                    hook,
                    parts[0],
                    parts[1].Split("; "),
                    parts[2]
                );
                return head[0].Split(',').Select(kind => (Kind: Enum.Parse<VideoKind>(kind, ignoreCase: true), Layout: layout));
            })
            .GroupBy(pair => pair.Kind)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Layout).ToArray());
}
