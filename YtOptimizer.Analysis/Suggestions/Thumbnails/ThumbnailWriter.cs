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
        var overlays = given ?? OverlayWriter.Write(source, first, second, most);
        first ??= thing;
        if (given is null && overlays.Count == 0 && OverlayWriter.ShortPart(source) is { } part)
        {
            overlays = [Casing.Upper(part, source.Language.Code)];
            first ??= part;
        }

        if (given is null && (first is null || overlays.Count == 0) && OverlayFallback.Of(source) is { } plain)
        {
            overlays = overlays.Count > 0 ? overlays : [Casing.Upper(plain, source.Language.Code)];
            first ??= plain;
        }

        if (given is null && (first is null || overlays.Count == 0) && OverlayLast.Of(source) is { } last)
        {
            overlays = overlays.Count > 0 ? overlays : [Casing.Upper(last, source.Language.Code)];
            first ??= last;
        }

        if (first is null || overlays.Count == 0)
        {
            return [];
        }

        var kind = source.Kind.Confidence < Sure ? VideoKind.Other : source.Kind.Kind;
        var layouts = ThumbnailLayout
            .For(kind)
            .Where(layout => layout.Things == 1 || (second is not null && (sure || !layout.MustBeSure)))
            .ToList();
        var ideas = new List<ThumbnailIdea>();
        for (var i = 0; i < layouts.Count && i < overlays.Count; i++)
        {
            var layout = layouts[i];
            var (one, other) = Pictured(source, first, second, overlays[i]);
            var concept = ThumbnailLayout.Fill(layout.Concept, one, other, overlays[i]);
            var colours = Colours(source.Input.Thumbnail, i);
            ideas.Add(
                new ThumbnailIdea
                {
                    Archetype = layout.Archetype,
                    OverlayText = overlays[i],
                    Concept = concept,
                    VisualElements = [.. layout.Elements.Select(element => ThumbnailLayout.Fill(element, one, other, overlays[i]))],
                    ColorScheme = colours,
                    Composition = layout.Composition + " " + SafeArea,
                    ImagePrompt =
                        $"YouTube thumbnail background, 16:9, about {one}. {concept} {layout.Composition} "
                        + $"Strong light, few details, readable at 120 pixels, empty space for a short text, no text, no letters, no "
                        + $"logos. Colours: {colours}.",
                }
            );
        }

        return ideas;
    }

    // Whom the words name the picture shows.
    private static (string First, string? Second) Pictured(Source source, string first, string? second, string words)
    {
        if (source.Kind.Kind is VideoKind.Music or VideoKind.Performance)
        {
            return (first, second);
        }

        var folded = Folding.Fold(words);
        if (second is not null && source.Kind.Kind != VideoKind.Trailer && Folding.Fold(second) == folded)
        {
            return (second, first);
        }

        var person = TitleSegments
            .Split(source.SafeTitle, source)
            .Find(segment => segment.Role == SegmentRole.Person && Folding.Fold(segment.Text) == folded)
            .Text;
        return person is null || Folding.Fold(first) == folded ? (first, second)
            // A trailer's layouts show the actor second, beside the film.
            : source.Kind.Kind == VideoKind.Trailer ? (first, person)
            : (person, second);
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
