using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Says what changes between the creator's tags and the suggested ones, and why.</summary>
internal static class TagChanges
{
    private const int Named = 4;

    /// <param name="source">The video.</param>
    /// <param name="tags">What is suggested.</param>
    public static string Describe(Source source, IReadOnlyList<string> tags)
    {
        var now = tags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var own = source.SafeTags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var added = tags.Where(tag => !own.Contains(Folding.Fold(tag))).ToList();
        var gone = source.SafeTags.Where(tag => !now.Contains(Folding.Fold(tag))).ToLookup(tag => OwnTags.MayStay(source, tag));
        var (surplus, unfit) = (gone[true].ToList(), gone[false].ToList());
        string[] parts =
        [
            unfit.Count == 0 ? "" : $"take out {List(unfit)}, which name no subject",
            surplus.Count == 0 ? "" : $"take out {List(surplus)}: YouTube takes 500 characters",
            added.Count == 0 ? ""
            : own.Count == 0 ? $"set {List(added)}"
            : $"add {List(added)}",
        ];
        var changes = string.Join("; ", parts.Where(part => part.Length > 0));
        var first = tags.Count > 0 ? $" First stands “{tags[0]}”." : "";
        return $"Tags: {(changes.Length == 0 ? "put them in order" : changes)}.{first}";
    }

    private static string List(List<string> tags) =>
        string.Join(", ", tags.Take(Named).Select(tag => $"“{tag}”"))
        + (tags.Count > Named ? FormattableString.Invariant($" and {tags.Count - Named} more") : "");
}
