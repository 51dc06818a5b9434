using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Says what changes between the creator's tags and the suggested ones, and why.</summary>
internal static class TagChanges
{
    private const int Named = 4;

    /// <param name="source">The video.</param>
    /// <param name="tags">What is suggested.</param>
    /// <param name="most">As many as are suggested at most.</param>
    public static string Describe(Source source, IReadOnlyList<string> tags, int most)
    {
        var now = tags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var own = source.SafeTags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var added = tags.Where(tag => !own.Contains(Folding.Fold(tag))).ToList();
        // What the creator knows and the text does not say may be right: the reason says what was looked at.
        List<string> untold = [],
            unfit = [],
            surplus = [];
        foreach (var tag in source.SafeTags.Where(tag => !now.Contains(Folding.Fold(tag))))
        {
            var list =
                !MetadataChecks.IsRelevant(source, tag) ? untold
                : OwnTags.MayStay(source, tag) ? surplus
                : unfit;
            list.Add(tag);
        }

        string[] parts =
        [
            untold.Count == 0
                ? ""
                : $"take out {List(untold)}, which neither title nor description takes up; keep what the video does show",
            unfit.Count == 0 ? "" : $"take out {List(unfit)}, which are misspelled or name no subject",
            surplus.Count == 0 ? "" : FormattableString.Invariant($"take out {List(surplus)}: more than {most} add nothing"),
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
