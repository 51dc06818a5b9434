using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <param name="Start">Of its first unit; made from the length of the text where the times are not known.</param>
/// <param name="Label">The part's name.</param>
/// <param name="IsFrame">Whether it is the opening or the farewell, which tell nothing of the subject.</param>
/// <param name="IsAnnounced">Whether the speaker announces the part by that name.</param>
internal sealed record OutlinePart(TimeSpan Start, string Label, IReadOnlyList<SpokenUnit> Units, bool IsFrame, bool IsAnnounced);

/// <summary>The parts of a talk and their names. Drafts of one video share their transcript, so that it is cut once.</summary>
internal static class SpokenOutline
{
    private const int FewestUnits = 6;
    private const double CharactersPerSecond = 14;
    private static readonly TimeSpan ShortestVideo = TimeSpan.FromSeconds(90);

    private static readonly ConditionalWeakTable<
        Transcript,
        ConcurrentDictionary<(string, KeyphraseModel, TimeSpan?), IReadOnlyList<OutlinePart>>
    > Known = [];

    /// <summary>Empty where there is no speech, or too little for parts.</summary>
    public static IReadOnlyList<OutlinePart> Of(Source source) =>
        source.Input.Transcript is null
            ? []
            : Known
                .GetValue(source.Input.Transcript, static _ => new())
                .GetOrAdd((source.Language.Code, source.Model, source.Input.Duration), _ => Cut(source));

    private static IReadOnlyList<OutlinePart> Cut(Source source)
    {
        var speech = source.Speech;
        if (speech.Units.Count < FewestUnits)
        {
            return [];
        }

        var spoken = speech.IsTimed ? [.. speech.Units] : Paced(speech.Units);
        var end = (speech.IsTimed ? source.Input.Duration : null) ?? spoken[^1].End;
        var units = spoken.Where(unit => unit.Kind != SpokenKind.Sound && unit.Start < end).ToList();
        if (end < ShortestVideo || units.Count < FewestUnits)
        {
            return [];
        }

        var stems = units.ConvertAll(unit => unit.Kind == SpokenKind.Speech ? source.ContentStems(unit.Text).ToArray() : []);
        var shortest = Math.Clamp(end.TotalSeconds / 60, Limits.ShortestChapter.TotalSeconds, 60);
        var cuts = Segmentation.Cut(units, stems, end, shortest);
        var parts = cuts.Select((from, i) => units[from..(i + 1 < cuts.Count ? cuts[i + 1] : units.Count)]).ToList();
        return Named(source, parts, ChapterLabels.Write(source, parts));
    }

    // A part in which nothing can be named (marks, numbers of a score) belongs to the one before it, at the start to the one after.
    private static List<OutlinePart> Named(Source source, List<List<SpokenUnit>> parts, List<(string Text, bool IsAnnounced)> labels)
    {
        var named = new List<OutlinePart>(parts.Count);
        var unnamed = new List<SpokenUnit>();
        for (var i = 0; i < parts.Count; i++)
        {
            var (label, isAnnounced) = labels[i];
            if (label.Length > 0)
            {
                var isFrame = label == source.Template.Intro || label == source.Template.Outro;
                List<SpokenUnit> units = [.. unnamed, .. parts[i]];
                named.Add(new OutlinePart(units[0].Start, label, units, isFrame, isAnnounced));
                unnamed.Clear();
            }
            else if (named.Count == 0)
            {
                unnamed.AddRange(parts[i]);
            }
            else
            {
                named[^1] = named[^1] with { Units = [.. named[^1].Units, .. parts[i]] };
            }
        }

        return named;
    }

    // Without times a text is cut as if it were spoken at a usual pace.
    private static List<SpokenUnit> Paced(IReadOnlyList<SpokenUnit> units)
    {
        var paced = new List<SpokenUnit>(units.Count);
        var at = TimeSpan.Zero;
        foreach (var unit in units)
        {
            var end = at + TimeSpan.FromSeconds(unit.Text.Length / CharactersPerSecond);
            paced.Add(unit with { Start = at, End = end });
            at = end;
        }

        return paced;
    }
}
