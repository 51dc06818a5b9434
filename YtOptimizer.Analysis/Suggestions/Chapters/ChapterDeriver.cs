using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>
/// Chapters from a timed transcript: they cover the whole video, begin at 0:00, are cut where the topic changes and named by what is said
/// there. Every time is the start of a spoken unit.
/// </summary>
internal static class ChapterDeriver
{
    public static List<Chapter>? Derive(Source source)
    {
        var parts = source.Speech.IsTimed ? SpokenOutline.Of(source) : [];
        if (parts.Count < ChapterList.Fewest)
        {
            return null;
        }

        // Chapters have whole seconds.
        var chapters = parts
            .Select(
                (part, i) => new Chapter(i == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Floor(part.Start.TotalSeconds)), part.Label)
            )
            .ToList();
        return ChapterList.Repair(chapters, source.Input.Duration ?? source.Speech.Units[^1].End, source.Template.Intro);
    }
}
