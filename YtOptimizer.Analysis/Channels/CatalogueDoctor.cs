using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>One video with what is wrong.</summary>
/// <param name="Evidence">Quoted from the file, or which rule is broken.</param>
/// <param name="Others">Ids of the other videos concerned.</param>
public sealed record CatalogueFinding(string VideoId, string Title, string Evidence, IReadOnlyList<string> Others);

/// <summary>One look through the whole file.</summary>
/// <param name="Id">cannibalising_titles, dead_placeholders, stale_years, broken_chapters or missing_tags.</param>
/// <param name="Why">What it does harm to, and what to do.</param>
/// <param name="Checked">Videos looked at; 0 where it could not run.</param>
/// <param name="NotPossible">Why it could not run, or not everywhere; null when it looked at all.</param>
/// <param name="Total">Findings in all.</param>
/// <param name="Findings">The first 100, most viewed video first.</param>
public sealed record CatalogueCheck(
    string Id,
    string Why,
    int Checked,
    string? NotPossible,
    int Total,
    IReadOnlyList<CatalogueFinding> Findings
);

/// <summary>Looks through all videos of a channel for what its creator no longer sees. Uses no clock: the newest video is now.</summary>
public static class CatalogueDoctor
{
    private const int MostShown = 100;

    /// <summary>Of the whole look, whichever video a pattern stalls at: tries of each would add up to hours.</summary>
    private const int Tries = 3;
    private const string NoDescriptions = "The imported files have no descriptions. Takeout's videos.csv has; Studio's export has not.";
    private const string NoTags = "The imported files have no tags. Takeout's videos.csv has; Studio's export has not.";

    public static IReadOnlyList<CatalogueCheck> Examine(IReadOnlyList<ChannelVideo> videos, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        return Patterns.Run(() => Look(videos, ct), Tries);
    }

    private static List<CatalogueCheck> Look(IReadOnlyList<ChannelVideo> videos, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var described = videos.Where(video => video.Description is not null).ToList();
        var tagged = videos.Where(video => video.Tags is not null).ToList();
        var dated = videos.Where(video => video.PublishedAt is not null).ToList();
        return
        [
            Check(
                "cannibalising_titles",
                "Videos with nearly the same title compete for the same search. Name in each what only it has.",
                videos,
                videos,
                null,
                SimilarTitles.Find(videos, ct)
            ),
            Check(
                "dead_placeholders",
                "Left-overs of a template are shown to viewers. Fill them in or take them out.",
                videos,
                videos,
                described.Count == 0 ? "Titles only. " + NoDescriptions : null,
                videos.SelectMany(DeadPlaceholders.Find)
            ),
            Check(
                "stale_years",
                "A title that names a past year looks outdated in search. Refresh the video or its title where it still holds.",
                videos,
                dated,
                dated.Count == 0 ? "The imported files have no publish times." : null,
                StaleYears.Find(dated)
            ),
            Check(
                "broken_chapters",
                "YouTube shows chapters only when the first is 0:00, there are three or more, they rise, and each has ten seconds.",
                videos,
                described,
                described.Count == 0 ? NoDescriptions : null,
                described.SelectMany(BrokenChapters)
            ),
            Check(
                "missing_tags",
                "Tags help where words of the video are often misspelled. A few are enough.",
                videos,
                tagged,
                tagged.Count == 0 ? NoTags : null,
                tagged
                    .Where(video => video.Tags!.Count == 0)
                    .Select(video => new CatalogueFinding(video.VideoId, video.Title, "No tags.", []))
            ),
        ];
    }

    private static CatalogueCheck Check(
        string id,
        string why,
        IReadOnlyList<ChannelVideo> all,
        IReadOnlyList<ChannelVideo> looked,
        string? notPossible,
        IEnumerable<CatalogueFinding> findings
    )
    {
        var views = all.ToDictionary(video => video.VideoId, video => video.Views ?? 0, StringComparer.Ordinal);
        var found = findings
            .OrderByDescending(finding => views.GetValueOrDefault(finding.VideoId))
            .ThenBy(finding => finding.VideoId, StringComparer.Ordinal)
            .ToList();
        return new CatalogueCheck(
            id,
            why,
            looked.Count,
            notPossible ?? (looked.Count < all.Count ? $"Not known for {all.Count - looked.Count} of {all.Count} videos." : null),
            found.Count,
            [.. found.Take(MostShown)]
        );
    }

    private static IEnumerable<CatalogueFinding> BrokenChapters(ChannelVideo video)
    {
        var lines = ChapterList.Parse(video.Description!.ReplaceLineEndings("\n"));
        // One or two times are references, not a list.
        if (lines.Count < ChapterList.Fewest)
        {
            yield break;
        }

        var problems = ChapterList.Validate([.. lines.Select(line => new Chapter(line.Start, line.Label))], video.Duration);
        if (problems.Count > 0)
        {
            yield return new CatalogueFinding(video.VideoId, video.Title, string.Join(", ", problems), []);
        }
    }
}
