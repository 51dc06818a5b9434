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
            unfit.Count == 0 ? "" : $"take out {List(unfit)}, which {(unfit.Count == 1 ? "says" : "say")} nothing about this video",
            surplus.Count == 0 ? "" : $"take out {List(surplus)}: YouTube refuses more than 500 characters of tags",
            added.Count == 0 ? ""
            : own.Count == 0 ? $"set {List(added)}"
            : $"add {List(added)}",
        ];
        var changes = string.Join("; ", parts.Where(part => part.Length > 0));
        return $"Tags: {(changes.Length == 0 ? "put those first that name the subject" : changes)}.";
    }

    private static string List(List<string> tags) =>
        string.Join(", ", tags.Take(Named).Select(tag => $"“{tag}”"))
        + (tags.Count > Named ? FormattableString.Invariant($" and {tags.Count - Named} more") : "");
}
