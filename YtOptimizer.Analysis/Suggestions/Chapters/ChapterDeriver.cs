using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>
/// Chapters from a timed transcript: they cover the whole video, begin at 0:00, are cut where the topic changes and named by what is said
/// there. Every time is the start of a spoken unit.
/// </summary>
internal static class ChapterDeriver
{
    private const int FewestUnits = 6;
    private static readonly TimeSpan ShortestVideo = TimeSpan.FromSeconds(90);

    public static List<Chapter>? Derive(Source source)
    {
        var speech = source.Speech;
        if (!speech.IsTimed || speech.Units.Count < FewestUnits)
        {
            return null;
        }

        var end = source.Input.Duration ?? speech.Units[^1].End;
        var units = speech.Units.Where(unit => unit.Kind != SpokenKind.Sound && unit.Start < end).ToList();
        if (end < ShortestVideo || units.Count < FewestUnits)
        {
            return null;
        }

        var stems = units.ConvertAll(unit => unit.Kind == SpokenKind.Speech ? source.ContentStems(unit.Text).ToArray() : []);
        var shortest = Math.Clamp(end.TotalSeconds / 60, Limits.ShortestChapter.TotalSeconds, 60);
        var cuts = Segmentation.Cut(units, stems, end, shortest);
        if (cuts.Count < ChapterList.Fewest)
        {
            return null;
        }

        var parts = cuts.Select((from, i) => units[from..(i + 1 < cuts.Count ? cuts[i + 1] : units.Count)]).ToList();
        var labels = ChapterLabels.Write(source, parts);
        // Chapters have whole seconds.
        var chapters = parts
            .Select(
                (part, i) => new Chapter(i == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Floor(part[0].Start.TotalSeconds)), labels[i])
            )
            .ToList();
        return ChapterList.Repair(chapters, end, source.Template.Intro);
    }
}
