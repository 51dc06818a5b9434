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

    /// <param name="given">Words to use instead of the analyzer's own.</param>
    /// <param name="thing">What to show where the analyzer is sure of nothing.</param>
    public static List<ThumbnailIdea> Write(Source source, int most, IReadOnlyList<string>? given = null, string? thing = null)
    {
        var (first, second, sure) = ThumbnailThings.Of(source);
        var overlays = given ?? Overlays(source, first, second, most);
        var things = new PicturedThings(source, first, second, sure, thing);
        var kind = source.Kind.Confidence < LeastFor(source.Kind.Kind) ? VideoKind.Other : source.Kind.Kind;
        var ideas = new List<ThumbnailIdea>();
        // Without words of its own the picture speaks alone.
        if (overlays.Count == 0)
        {
            overlays = [""];
        }

        // What a kind has no further layout for is pictured as any video is.
        foreach (var place in ThumbnailLayout.For(kind).Concat(ThumbnailLayout.For(VideoKind.Other).Where(_ => kind != VideoKind.Other)))
        {
            if (ideas.Count < overlays.Count && things.Choose(place, kind, overlays[ideas.Count]) is { } chosen)
            {
                ideas.Add(Idea(source, kind, overlays[ideas.Count], chosen.Layout, chosen.Fill, things.Turn + ideas.Count));
            }
        }

        return ideas;
    }

    private static ThumbnailIdea Idea(Source source, VideoKind kind, string overlay, ThumbnailLayout layout, LayoutFill fill, int turn)
    {
        var concept = ThumbnailLayout.Fill(layout.Concept, fill, overlay);
        var words = overlay.Length > 0;
        var composition = ThumbnailLayout.Fill(layout.Composition, fill, overlay);
        if (!words)
        {
            composition = composition.Split(", words")[0] + ", no words in the picture.";
            concept = concept
                .Replace(", looking towards the words", "", StringComparison.Ordinal)
                .Replace(", turned towards the words", "", StringComparison.Ordinal)
                .Replace(", eyes on the words", "", StringComparison.Ordinal);
        }

        var colours = ThumbnailPalette.Of(source.Input.Thumbnail, layout.Hook, fill.X, kind, turn);
        return new ThumbnailIdea
        {
            Archetype = layout.Archetype,
            OverlayText = overlay,
            Concept = concept,
            VisualElements =
            [
                .. layout.Elements.Select(element => ThumbnailLayout.Fill(element, fill, overlay)),
                .. words ? [$"“{overlay}”"] : Array.Empty<string>(),
            ],
            ColorScheme = words ? colours : colours.Replace(" text on ", " on ", StringComparison.Ordinal),
            Composition = composition + " " + SafeArea,
            ImagePrompt =
                $"YouTube thumbnail background, 16:9. {concept} {composition} "
                + $"Strong light, few details, readable at 120 pixels, {(words ? "empty space for a short text, " : "")}no text, "
                + $"no letters, no logos. Colours: {colours}.",
        };
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
}
