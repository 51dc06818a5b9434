using System.Globalization;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Thumbnail ideas: compositions that suit the kind of video, with at most four words of the source that add to the
/// title.</summary>
internal static class ThumbnailWriter
{
    private const double Sure = 0.5;
    private const double SureOfStage = 0.75;
    private const string SafeArea = "Keep the lower right corner free: the duration is drawn there.";

    private static readonly (string Name, string Description)[] Palettes =
    [
        ("#ffd60a on #14213d", "yellow text on dark blue"),
        ("#ffffff on #c1121f", "white text on red"),
        ("#111111 on #ffb703", "black text on amber"),
    ];

    /// <param name="given">Words to use instead of the analyzer's own.</param>
    /// <param name="thing">What to show where the analyzer is sure of nothing.</param>
    public static List<ThumbnailIdea> Write(Source source, int most, IReadOnlyList<string>? given = null, string? thing = null)
    {
        var (first, second, sure) = ThumbnailThings.Of(source);
        var overlays = given ?? Overlays(source, first, second, most);
        var things = new PicturedThings(source, first, second, sure, thing);
        var kind = source.Kind.Confidence < LeastFor(source.Kind.Kind) ? VideoKind.Other : source.Kind.Kind;
        var ideas = new List<ThumbnailIdea>();
        foreach (var place in ThumbnailLayout.For(kind).Take(overlays.Count))
        {
            var overlay = overlays[ideas.Count];
            var (layout, one, other) = things.Choose(place, kind, overlay);
            var concept = ThumbnailLayout.Fill(layout.Concept, one, other, overlay);
            var colours = Colours(source.Input.Thumbnail, ideas.Count);
            ideas.Add(
                new ThumbnailIdea
                {
                    Archetype = layout.Archetype,
                    OverlayText = overlay,
                    Concept = concept,
                    VisualElements = [.. layout.Elements.Select(element => ThumbnailLayout.Fill(element, one, other, overlay))],
                    ColorScheme = colours,
                    Composition = layout.Composition + " " + SafeArea,
                    ImagePrompt =
                        $"YouTube thumbnail background, 16:9. {concept} {layout.Composition} "
                        + "Strong light, few details, readable at 120 pixels, empty space for a short text, no text, no letters, no "
                        + $"logos. Colours: {colours}.",
                }
            );
        }

        return ideas;
    }

    // "live" is said of a sermon, too: a stage with an instrument needs more than that.
    private static double LeastFor(VideoKind kind) => kind == VideoKind.Performance ? SureOfStage : Sure;

    private static List<string> Overlays(Source source, string? first, string? second, int most)
    {
        var overlays = Ordered(source, OverlayWriter.Write(source, first, second, most));
        if (overlays.Count == 0 && Plain(source) is { } only)
        {
            overlays.Add(OverlayRules.Display(source, only.TrimEnd('.', ' ', ',', '。')));
        }

        if (
            source.Kind.About == VideoKind.Talk
            && (overlays.Count == 0 || (OverlayLimits.IsSingle(overlays[0]) && !OverlayLimits.Opens(source.SafeTitle, overlays[0])))
            && OverlayTopics.Of(source) is { } topic
        )
        {
            var shown = OverlayRules.Display(source, topic);
            overlays.RemoveAll(overlay => shown.Contains(overlay, StringComparison.Ordinal));
            overlays.Insert(0, shown);
            return [.. overlays.Take(most)];
        }

        return overlays;
    }

    private static string? Plain(Source source) => OverlayWriter.ShortPart(source) ?? OverlayFallback.Of(source) ?? OverlayLast.Of(source);

    // A single word comes after several, and only where it may be a name.
    private static List<string> Ordered(Source source, List<string> overlays)
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Recipe)
        {
            return overlays;
        }

        var first = overlays.FindIndex(overlay => !OverlayLimits.IsSingle(overlay));
        if (
            first > 0
            && !Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(overlays[0])))
            && !OverlayLimits.Opens(source.SafeTitle, overlays[0])
        )
        {
            var several = overlays[first];
            overlays.RemoveAt(first);
            overlays.Insert(0, several);
        }

        var keepsNames = source.Kind.About is VideoKind.Talk or VideoKind.Kids or VideoKind.Sports or VideoKind.Review;
        return keepsNames ? overlays : [.. overlays.Where((overlay, i) => i == 0 || !OverlayLimits.IsSingle(overlay))];
    }

    private static string Colours(ThumbnailFacts? facts, int index)
    {
        if (
            facts is not { Palette: [{ Length: 7 } main, ..] }
            || !int.TryParse(main.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
        )
        {
            var (name, description) = Palettes[index % Palettes.Length];
            return $"{description} ({name})";
        }

        // WCAG: black reads better than white from a relative luminance of about 0.18.
        var luminance = (0.2126 * Channel(rgb >> 16)) + (0.7152 * Channel(rgb >> 8)) + (0.0722 * Channel(rgb));
        return luminance > 0.179 ? $"#111111 on {main}, as in the present picture" : $"#ffffff on {main}, as in the present picture";
    }

    private static double Channel(int value)
    {
        var c = (value & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
