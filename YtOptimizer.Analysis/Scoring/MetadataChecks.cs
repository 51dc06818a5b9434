using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Chapters, tags, hashtags, thumbnail, settings, links, duplicates.</summary>
internal static class MetadataChecks
{
    private const int MostLinks = 15;
    private const double SureKind = 0.8;
    private static readonly TimeSpan ChaptersHelpFrom = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ChaptersExpectedFrom = TimeSpan.FromMinutes(10);

    public static IEnumerable<Check> Compute(Source source)
    {
        var input = source.Input;
        yield return Chapters(input);
        yield return TagsCheck.Compute(source);
        yield return Hashtags(source);
        yield return Thumbnail(source);
        yield return Metadata(input);
        yield return Links(source);
        yield return NotDuplicate(source);
    }

    private static Check Chapters(VideoInput input)
    {
        var found = ChapterList.Parse(input.Description);
        // Without a duration the last time stamp is the least the video can last.
        var duration = input.Duration ?? (found.Count >= 2 ? found.Max(chapter => chapter.Start) : null);
        if (input.IsShort == true || input.IsLive == true)
        {
            return CheckCatalog.Chapters.NotApplicable("Chapters do not exist for Shorts and live streams.");
        }

        if (duration is null || (duration < ChaptersHelpFrom && found.Count < 2))
        {
            return CheckCatalog.Chapters.NotApplicable(duration is null ? "The duration is not known." : "Shorter than five minutes.");
        }

        if (found.Count < 2)
        {
            return CheckCatalog.Chapters.Scored(
                duration < ChaptersExpectedFrom ? 0.4 : 0,
                "No chapters.",
                "Add chapters: first at 0:00, at least three, each 10 seconds or longer."
            );
        }

        var problems = ChapterList.Validate([.. found.Select(chapter => new Chapter(chapter.Start, chapter.Label))], input.Duration);
        // A list whose video's length is not known may be one of other times.
        return problems.Count > 0 && input.Duration is null
                ? CheckCatalog.Chapters.NotApplicable(
                    $"The duration is not known, and the times are no chapter list: {string.Join(", ", problems)}."
                )
            : problems.Count == 0 ? CheckCatalog.Chapters.Scored(1, Text($"{found.Count} valid chapters."), "")
            : CheckCatalog.Chapters.Scored(
                0.3,
                $"The chapter list does not work: {string.Join(", ", problems)}.",
                "Repair the list: first at 0:00, at least three, ascending, each 10 seconds or longer."
            );
    }

    private static Check Hashtags(Source source)
    {
        var all = Count(source.Input.Title + "\n" + source.Input.Description);
        var (score, fix) = all switch
        {
            0 => (0.8, "Add one to three hashtags that name the topic; they help little."),
            <= 5 => (1.0, ""),
            <= 15 => (0.7, "Keep the three to five most fitting hashtags; only three are shown."),
            <= Limits.MostHashtags => (0.3, "Keep the three to five most fitting hashtags; a wall of them looks like spam."),
            _ => (0.0, "More than 60 hashtags: YouTube ignores all of them. Keep three to five."),
        };
        var seen = all switch
        {
            0 => "No hashtags; they help little.",
            1 => "1 hashtag.",
            <= 5 => Text($"{all} hashtags."),
            <= 15 => Text($"{all} hashtags; YouTube shows three of them with the title."),
            <= Limits.MostHashtags => Text($"{all} hashtags: so many look like spam."),
            _ => Text($"{all} hashtags: YouTube ignores all of them when there are more than 60."),
        };
        return CheckCatalog.Hashtags.Scored(score, seen, fix);
    }

    // A lost line break glues a hashtag to the word before it.
    private static int Count(string text)
    {
        var markup = Markup.Find(text);
        var count = 0;
        var next = 0;
        for (var at = text.IndexOf('#', StringComparison.Ordinal); at >= 0; at = text.IndexOf('#', at + 1))
        {
            while (next < markup.Count && markup[next].End <= at)
            {
                next++;
            }

            var inside = next < markup.Count && markup[next].Start <= at;
            var glued = at > 0 && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);
            count +=
                inside ? (markup[next].Kind == MarkupKind.Hashtag && markup[next].Start == at ? 1 : 0)
                : glued ? 1
                : 0;
        }

        return count;
    }

    private static Check Thumbnail(Source source)
    {
        var facts = source.Input.Thumbnail;
        var overlay = source.Input.ThumbnailOverlay;
        if (facts is null && string.IsNullOrWhiteSpace(overlay))
        {
            return CheckCatalog.Thumbnail.NotApplicable("Neither image nor overlay text is known.");
        }

        double got = 0,
            of = 0;
        var evidence = new List<string>();
        void Add(double weight, double? value, string text)
        {
            if (value is { } known)
            {
                got += weight * known;
                of += weight;
                evidence.Add(text);
            }
        }

        Add(
            0.2,
            facts?.Width is { } width
                ? width >= 1280
                    ? 1
                    : width >= 640
                        ? 0.5
                        : 0
                : null,
            Text($"{facts?.Width} px wide")
        );
        Add(0.3, facts?.TextContrast is { } contrast ? Math.Min(1, contrast / 4.5) : null, Text($"contrast {facts?.TextContrast:F1}"));
        Add(0.2, facts?.SmallSizeLegibility, Text($"legibility at 120 px {facts?.SmallSizeLegibility:F2}"));
        if (!string.IsNullOrWhiteSpace(overlay))
        {
            var words = source.Tokens(overlay).Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
            var title = source.Tokens(source.Input.Title).Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
            Add(0.2, words.Count <= 4 ? 1 : Math.Max(0, 1 - ((words.Count - 4) / 4.0)), Text($"{words.Count} words on it"));
            Add(0.1, Similarity.Jaccard(words, title) < 0.5 ? 1 : 0, "compared with the title");
        }

        return of == 0
            ? CheckCatalog.Thumbnail.NotApplicable("Nothing about the image was measured.")
            : CheckCatalog.Thumbnail.Scored(
                got / of,
                string.Join(", ", evidence) + ".",
                "1280 px or wider, four words at most, strong contrast, nothing in the lower right corner, words that add to the title."
            );
    }

    private static Check Metadata(VideoInput input)
    {
        double got = 0,
            of = 0;
        void Add(bool? value)
        {
            if (value is { } known)
            {
                got += known ? 1 : 0;
                of++;
            }
        }

        Add(input.HasCaptions);
        Add(input.MadeForKids is null ? null : true);
        if (of == 0)
        {
            return CheckCatalog.Metadata.NotApplicable("The settings are not known.");
        }

        Add(input.CategoryId is not null);
        Add(input.DeclaredLanguage is not null);
        return CheckCatalog.Metadata.Scored(
            got / of,
            Text($"{got} of {of} settings are set."),
            "Set the language, the category and the audience, and add captions."
        );
    }

    private static Check Links(Source source)
    {
        var input = source.Input;
        if (input.Description.Length == 0)
        {
            return CheckCatalog.Links.NotApplicable("No description.");
        }

        var links = Markup.Links(input.Description).Count();
        if (links > 0)
        {
            return links <= MostLinks
                ? CheckCatalog.Links.Scored(1, links == 1 ? "1 link." : Text($"{links} links."), "")
                : CheckCatalog.Links.Scored(
                    0.5,
                    Text($"{links} links; among more than {MostLinks} the one that matters is hard to find."),
                    "Keep the 15 links that matter."
                );
        }

        // Where nothing has to be looked up or bought, a missing link is missed by nobody.
        return source.Kind.Confidence >= SureKind && KindConventions.For(source.Kind.About).Link is { Length: > 0 } wanted
            ? CheckCatalog.Links.Scored(
                0.5,
                $"No link; viewers may look for {wanted}.",
                $"Add the link that viewers look for here: {wanted}."
            )
            : CheckCatalog.Links.NotApplicable("No link, and videos of this kind need none.");
    }

    private static Check NotDuplicate(Source source)
    {
        if (source.Input.OtherTitles.Count == 0)
        {
            return CheckCatalog.NotDuplicate.NotApplicable("Other titles of the channel are not known.");
        }

        var own = source.ContentStems(source.Input.Title).ToHashSet(StringComparer.Ordinal);
        var nearest = 0.0;
        var which = "";
        foreach (var other in source.Input.OtherTitles.Take(500))
        {
            var similarity = Similarity.Jaccard(own, source.ContentStems(other).ToHashSet(StringComparer.Ordinal));
            if (similarity > nearest)
            {
                nearest = similarity;
                which = other;
            }
        }

        return CheckCatalog.NotDuplicate.Scored(
            nearest < 0.8 ? 1 : 0,
            Text($"Nearest: “{which}” ({nearest:F2})."),
            "Say what sets this video apart from the other."
        );
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
