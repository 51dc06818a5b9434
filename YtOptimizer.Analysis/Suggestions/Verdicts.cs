using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>"Keep yours" or what is suggested, part by part. A suggestion that is not better is not made.</summary>
internal static class Verdicts
{
    public static List<PartVerdict> Write(
        Source source,
        IReadOnlyList<TitleSuggestion> titles,
        DescriptionSuggestion description,
        TagSuggestion tags,
        IReadOnlyList<string> hashtags,
        ChapterSuggestion chapters
    ) =>
        [
            TitleVerdict.Write(source, titles),
            DescriptionVerdict.Write(source, description),
            Tags(source, tags),
            Hashtags(source, hashtags),
            Chapters(chapters),
        ];

    /// <summary>Verdicts that say so where the creator is asked for something in a part that stays.</summary>
    public static List<PartVerdict> Agreeing(IEnumerable<PartVerdict> verdicts, IReadOnlyList<Fix> fixes) =>
        [
            .. verdicts.Select(verdict =>
                verdict.Keep && fixes.Any(fix => fix.Field == verdict.Part && fix.ScoreUpTo is not null) ? Asking(verdict) : verdict
            ),
        ];

    private static PartVerdict Asking(PartVerdict verdict)
    {
        const string Keep = "Keep yours:";
        var reason = verdict.Reason.StartsWith(Keep, StringComparison.Ordinal)
            ? "Keep yours for now:" + verdict.Reason[Keep.Length..]
            : verdict.Reason;
        var asked = verdict.Part switch
        {
            "title" => "What only you can shorten or calm is among the fixes.",
            "tags" => "Many of them are named nowhere in title and description: look through them, see the fixes.",
            _ => "What is missing and only you can write is among the fixes.",
        };
        return verdict with { Reason = $"{reason} {asked}" };
    }

    private static PartVerdict Tags(Source source, TagSuggestion tags)
    {
        var own = source.SafeTags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var added = tags.Tags.Where(tag => !own.Contains(Folding.Fold(tag))).ToList();
        var now = tags.Tags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var gone = source.SafeTags.Where(tag => !now.Contains(Folding.Fold(tag))).ToList();
        var kept = source.SafeTags.Where(tag => now.Contains(Folding.Fold(tag))).ToList();
        var twice = kept.Except(kept.DistinctBy(Folding.Fold, StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase).ToList();
        if (own.Count == 0)
        {
            return added.Count == 0
                ? new("tags", true, "None: title and description name nothing that is surely a tag.")
                : new("tags", false, "There are none; these name what the text is about.");
        }

        string[] changes =
        [
            added.Count == 0 ? "" : $"Adds {Named(added)}.",
            gone.Count == 0 ? ""
            : gone.TrueForAll(MachineTags.Is) ? $"Takes out {Named(gone)}: written by a program, no viewer searches it."
            : $"Takes out {Named(gone)}: {(gone.Count == 1 ? "it does" : "they do")} not name what the video is about.",
        ];
        var same =
            twice.Count == 0
                ? ""
                : $" Left out: {Named(twice)}; "
                    + $"another of yours differs from {(twice.Count == 1 ? "it" : "each")} only in case, accents or marks.";
        var all = string.Join(' ', changes.Where(change => change.Length > 0));
        return all.Length == 0
            ? new("tags", true, "Keep yours: no further name or topic of title and description is sure enough to add." + same)
            : new("tags", false, all + same);
    }

    private static string Named(List<string> tags) =>
        string.Join(", ", tags.Take(3).Select(tag => $"“{tag}”")) + (tags.Count > 3 ? " and others" : "");

    private static PartVerdict Hashtags(Source source, IReadOnlyList<string> hashtags)
    {
        var text = source.SafeDescription + "\n" + source.SafeTitle;
        if (!hashtags.All(tag => text.Contains(tag, StringComparison.OrdinalIgnoreCase)))
        {
            return new("hashtags", false, "Up to three that name the video's subject, people or series; YouTube shows them by the title.");
        }

        return new(
            "hashtags",
            true,
            hashtags.Count == 0 ? "None: the title names no person, thing or series that would make a link worth a click."
                : hashtags.Any(tag => HashtagUse.IsAbout(source, tag[1..])) ? "Keep yours: they are about the video."
                : "Keep yours: the title holds no name that would be a better one."
        );
    }

    private static PartVerdict Chapters(ChapterSuggestion chapters) =>
        chapters.Status switch
        {
            ChapterStatus.Valid => new("chapters", true, "Keep yours: the list works."),
            ChapterStatus.Repaired => new("chapters", false, "The list does not work as it stands; this one does."),
            ChapterStatus.Derived => new("chapters", false, "From the times of the transcript."),
            ChapterStatus.NotApplicable => new("chapters", true, "None: videos of this kind or length have no chapters."),
            _ => new("chapters", true, "None: without a list of times, one to a line, nothing can be placed."),
        };
}
