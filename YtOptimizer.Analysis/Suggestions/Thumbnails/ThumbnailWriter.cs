using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Thumbnail ideas: compositions that suit the kind of video, with at most four words of the source that add to the
/// title. One sound idea, a second one only where there are further strong words or a known subject to show without any.</summary>
internal static class ThumbnailWriter
{
    private const double Sure = 0.5;
    private const double SureOfForm = 0.75;
    private const int Wordless = 3;
    private const string HowToCategory = "26";
    private const string BigText = "big_bold_text";
    private const string NoText = "center_object_minimal";
    private static readonly string[] VersusWord = ["vs.", "vs"];
    private static readonly char[] Marks = ['.', ' ', ',', '。', ':', ';', '-', '/', '‥'];
    private const string SafeArea = "Keep the lower right corner free: the duration is drawn there.";

    /// <param name="given">Words to use instead of the analyzer's own.</param>
    /// <param name="thing">What to show where the analyzer is sure of nothing.</param>
    public static List<ThumbnailIdea> Write(Source source, int most, IReadOnlyList<string>? given = null, string? thing = null)
    {
        var (first, second, sure) = ThumbnailThings.Of(source);
        var things = new PicturedThings(source, first, second, sure, thing);
        var overlays = given ?? Telling(source, things, Overlays(source, things, first, second, most));
        var kind = KindOf(source, things);
        var ideas = new List<ThumbnailIdea>();
        // Without words of its own the picture speaks alone.
        if (overlays.Count == 0)
        {
            overlays = [""];
        }

        // What a kind has no further layout for is pictured as any video is; a talk without words would be one like any other.
        var further = kind != VideoKind.Other && !(kind == VideoKind.Talk && overlays[0].Length == 0);
        var places = ThumbnailLayout.For(kind).Concat(ThumbnailLayout.For(VideoKind.Other).Where(_ => further));
        foreach (var place in places.Where(place => place.Key != Wordless || given is not null))
        {
            if (ideas.Count < overlays.Count && things.Choose(place, kind, overlays[ideas.Count]) is { } chosen)
            {
                ideas.Add(Idea(things, kind, overlays[ideas.Count], chosen.Layout, chosen.Fill, ideas.Count));
            }
        }

        var last = ThumbnailLayout.For(kind).FirstOrDefault(place => place.Key == Wordless);
        if (
            given is null
            && last is not null
            && ideas.Count > 0
            && ideas.Count < most
            && ideas[0].OverlayText.Length > 0
            && things.Choose(last, kind, "", again: true) is { } bare
        )
        {
            ideas.Add(Idea(things, kind, "", bare.Layout, bare.Fill, ideas.Count));
        }

        return ideas;
    }

    // The name of what the picture shows, or of the series, tells nothing beside it: there the part does, or no words at all.
    private static List<string> Telling(Source source, PicturedThings things, List<string> overlays)
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Recipe or VideoKind.Sports)
        {
            return overlays;
        }

        // Every talk of such a conference has this word.
        if (source.Kind.About == VideoKind.Talk)
        {
            return overlays.FindAll(words => !words.Equals("python", StringComparison.OrdinalIgnoreCase));
        }

        var film = source.Kind.About == VideoKind.Trailer ? things.Film : null;
        var telling = overlays.FindAll(words =>
            !things.IsLabel(words) || (film is not null && Folding.Fold(film) == Folding.Fold(words) && PartLabel.Of(source) is null)
        );
        if (telling.Count == 0 && things.Show is not null && PartLabel.Of(source) is { } part)
        {
            return [OverlayRules.Display(source, part)];
        }

        return telling;
    }

    private static ThumbnailIdea Idea(
        PicturedThings things,
        VideoKind kind,
        string overlay,
        ThumbnailLayout layout,
        LayoutFill fill,
        int at
    )
    {
        var concept = ThumbnailLayout.Fill(layout.Concept, fill, overlay);
        var words = overlay.Length > 0;
        var composition = ThumbnailLayout.Fill(layout.Composition, fill, overlay);
        if (!words)
        {
            composition = composition.Split(", words")[0].TrimEnd('.') + ", no words in the picture.";
        }

        var colours = ThumbnailPalette.Of(things.Facts, layout.Hook, fill.X ?? things.Theme, kind, things.Turn + at);
        var scheme = words ? colours : "no text; background " + ThumbnailPalette.Ground(colours);
        return new ThumbnailIdea
        {
            Archetype = words || layout.Archetype != BigText ? layout.Archetype : NoText,
            OverlayText = overlay,
            Concept = concept,
            VisualElements =
            [
                .. layout.Elements.Select(element => ThumbnailLayout.Fill(element, fill, overlay)),
                .. words ? [$"“{overlay}”"] : Array.Empty<string>(),
            ],
            ColorScheme = scheme,
            Composition = composition + " " + SafeArea,
            ImagePrompt =
                $"YouTube thumbnail background, 16:9. {concept} {composition} "
                + $"Strong light, few details, readable at 120 pixels, {(words ? "empty space for a short text, " : "")}no text, "
                + $"no letters, no logos. Colours: {scheme}.",
        };
    }

    // "live" is said of a sermon and "recipe" of success, too: a stage or a dish needs more than a word, a clip a song's title.
    private static VideoKind KindOf(Source source, PicturedThings things)
    {
        var (kind, confidence) = (source.Kind.Kind, source.Kind.Confidence);
        var sure = kind switch
        {
            VideoKind.Music => confidence >= Sure && SongTitle.Of(source).Track is not null,
            VideoKind.Talk or VideoKind.News or VideoKind.Sports or VideoKind.Shorts => confidence >= Sure,
            VideoKind.Recipe => confidence >= SureOfForm
                || (confidence >= Sure && (things.HasFood || source.Input.CategoryId == HowToCategory)),
            _ => confidence >= SureOfForm,
        };
        return sure ? kind : VideoKind.Other;
    }

    private static List<string> Overlays(Source source, PicturedThings things, string? first, string? second, int most)
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance && SongTitle.Of(source) is { Track: { } track } song)
        {
            // The track, or who sings it: nothing else of a song's title is its subject.
            return
                new[] { track, song.Artist, song.FirstArtist }
                    .OfType<string>()
                    .FirstOrDefault(text => text.All(char.IsDigit) || OverlayRules.IsShort(source, text))
                    is { } named
                ? [OverlayRules.Display(source, named)]
                : [];
        }

        if (ComparedSides.Of(source) is { } sides && source.Kind.About != VideoKind.Sports)
        {
            return Versus(source, sides) is { } versus ? [versus] : [];
        }

        if (source.Kind.About == VideoKind.Sports && ThumbnailThings.MatchSides(source) is { } match)
        {
            return OverlayWriter.ResultOf(source, match) is { } result ? [OverlayRules.Display(source, result)]
                : Versus(source, match) is { } against ? [against]
                : [];
        }

        if (things.Film is { } film && OverlayRules.IsShort(source, film))
        {
            return [OverlayRules.Display(source, film)];
        }

        var overlays = Ordered(
            source,
            [
                .. OverlayWriter
                    .Write(source, first, second, most)
                    .Select(overlay => overlay.TrimEnd(Marks))
                    .Where(overlay => OverlayPlaces.Allow(source, overlay)),
            ]
        );
        if (overlays.Count == 0 && Plain(source) is { } only && OverlayPlaces.Allow(source, only))
        {
            overlays.Add(OverlayRules.Display(source, only.TrimEnd(Marks)));
        }

        if (
            source.Kind.About == VideoKind.Talk
            && (overlays.Count == 0 || (OverlayLimits.IsSingle(overlays[0]) && !OverlayLimits.Opens(source.SafeTitle, overlays[0])))
            && OverlayTopics.Of(source) is { } topic
        )
        {
            return [OverlayRules.Display(source, topic)];
        }

        return overlays;
    }

    // Both sides where four words hold them; what stands between them says nothing alone.
    private static string? Versus(Source source, (string A, string B) sides)
    {
        var between = VersusWord.FirstOrDefault(word => source.SafeTitle.Contains(" " + word, StringComparison.OrdinalIgnoreCase)) ?? "";
        var whole = $"{sides.A} {between} {sides.B}";
        return between.Length == 0 ? null
            : OverlayRules.IsShort(source, whole) ? OverlayRules.Display(source, whole)
            : null;
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

        return [.. overlays.Where((overlay, i) => i == 0 || !OverlayLimits.IsSingle(overlay))];
    }
}
