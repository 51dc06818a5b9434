using System.Globalization;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Thumbnail ideas: compositions that suit the kind of video, with at most four words of the source that add to the
/// title.</summary>
internal static class ThumbnailWriter
{
    private const int MostWords = 4;
    private const double Likely = 0.1;
    private const string SafeArea = "Keep the lower right corner free: the duration is drawn there.";

    private static readonly Archetype Face = new(
        "face_left_text_right",
        "Close-up of the person on the left third, looking towards the text on the right.",
        ["face with a clear expression", "large text block", "plain background"],
        "Person on the left third, text on the right."
    );
    private static readonly Archetype Bold = new(
        "big_bold_text",
        "The subject large in the middle, the words across the upper half.",
        ["main subject", "two-line text", "strong outline"],
        "Subject centred, text in the upper half."
    );
    private static readonly Archetype BeforeAfter = new(
        "before_after",
        "Start on the left, result on the right, an arrow between.",
        ["starting point", "result", "arrow"],
        "Two halves, arrow in the middle."
    );
    private static readonly Archetype Versus = new(
        "two_tone",
        "One side against the other on two colours.",
        ["first subject", "second subject", "dividing line"],
        "Two halves split by a diagonal."
    );
    private static readonly Archetype Object = new(
        "center_object_minimal",
        "One object alone, well lit, much empty space.",
        ["the object", "soft shadow", "one colour behind"],
        "Object slightly left of centre, text above."
    );
    private static readonly Archetype Documentary = new(
        "documentary_story",
        "A real frame of the scene with a dark gradient and a short line of text.",
        ["frame from the video", "dark gradient", "small headline"],
        "Scene fills the picture, text at the lower left."
    );
    private static readonly Archetype Magazine = new(
        "magazine_style",
        "Portrait or still with a headline as on a cover.",
        ["portrait or still", "headline", "accent bar"],
        "Figure on the right third, headline at the upper left."
    );
    private static readonly Archetype Reaction = new(
        "reaction_object",
        "Face and the thing it reacts to, both large.",
        ["face", "object or screen", "short text"],
        "Face on the right third, object on the left."
    );
    private static readonly Archetype Neon = new(
        "neon_tech",
        "A strong moment of play with glowing edges.",
        ["game scene or device", "glow", "short text"],
        "Action on the left two thirds, text at the upper right."
    );
    private static readonly Archetype Blur = new(
        "blur_background_text",
        "A blurred still of the video with crisp text.",
        ["blurred still", "crisp text", "thin frame"],
        "Text in the middle left."
    );

    private static readonly (string Name, string Description)[] Palettes =
    [
        ("#ffd60a on #14213d", "yellow text on dark blue"),
        ("#ffffff on #c1121f", "white text on red"),
        ("#111111 on #ffb703", "black text on amber"),
    ];

    public static List<ThumbnailIdea> Write(Source source, ContentType type, int most)
    {
        var archetypes = For(type);
        var overlays = Overlays(source);
        var ideas = new List<ThumbnailIdea>();
        for (var i = 0; i < archetypes.Length && ideas.Count < most && overlays.Count > 0; i++)
        {
            var overlay = overlays[i % overlays.Count];
            var subject = Subject(source);
            var colours = Colours(source.Input.Thumbnail, i);
            ideas.Add(
                new ThumbnailIdea
                {
                    Archetype = archetypes[i].Name,
                    OverlayText = overlay,
                    Concept = archetypes[i].Concept,
                    VisualElements = archetypes[i].Elements,
                    ColorScheme = colours,
                    Composition = archetypes[i].Composition + " " + SafeArea,
                    ImagePrompt =
                        $"YouTube thumbnail background, 16:9, about {subject}. {archetypes[i].Concept} {archetypes[i].Composition} "
                        + $"Strong light, few details, readable at 120 pixels, empty space for a short text, no text, no letters, no "
                        + $"logos. Colours: {colours}.",
                }
            );
        }

        return ideas;
    }

    private static Archetype[] For(ContentType type) =>
        type switch
        {
            ContentType.HowTo => [BeforeAfter, Object, Face],
            ContentType.List => [Bold, Object, Face],
            ContentType.Versus => [Versus, Reaction, Bold],
            ContentType.Review => [Object, Reaction, Face],
            ContentType.News => [Documentary, Bold, Magazine],
            ContentType.Music => [Magazine, Documentary, Blur],
            ContentType.Vlog => [Face, Documentary, Blur],
            ContentType.Talk => [Face, Magazine, Bold],
            ContentType.Game => [Neon, Reaction, Bold],
            _ => [Bold, Face, Object],
        };

    // Phrases that say something the title does not; when there are none, the shortest strong phrase of the title.
    private static List<string> Overlays(Source source)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var adding = new List<string>();
        var same = new List<string>();
        foreach (
            var phrase in source
                .Main.Select(main => main.Phrase)
                .Concat(source.Phrases.Take(30).Where(phrase => phrase.Probability >= Likely))
                .OrderByDescending(phrase => phrase.Candidate.Words.Length is 2 or 3)
        )
        {
            var candidate = phrase.Candidate;
            if (
                candidate.Words.Length > MostWords
                || candidate.Key.Length is < 3 or > 28
                || phrase.Candidate.Has(CandidateMarks.Stripped)
                || !PhraseQuality.IsPresentable(source, phrase)
                || !PhraseQuality.IsTag(source, phrase)
            )
            {
                continue;
            }

            var stems = candidate.Words.Select(source.Stemming.Stem).ToHashSet(StringComparer.Ordinal);
            // A phrase may hold more pieces than words ("AC / DC Live").
            var shown = Shown(source, phrase.Surface);
            if (shown.Length == 0 || Pieces(shown) > MostWords)
            {
                continue;
            }

            (Similarity.Jaccard(stems, title) < 0.5 ? adding : same).Add(shown);
        }

        // Short parts of the title itself before anything of doubtful weight.
        same.AddRange(
            TitleParser
                .Parse(source.SafeTitle, source)
                .Where(part =>
                    part.Kind == TitlePartKind.Topic && part.Text.Split(' ').Length <= MostWords && part.Text.Length is >= 3 and <= 28
                )
                .Select(part => Shown(source, part.Text))
        );
        var all = adding
            .Concat(same)
            .Where(text => text.Length > 0 && Pieces(text) <= MostWords)
            .DistinctBy(Folding.Fold, StringComparer.Ordinal)
            .Take(3)
            .ToList();
        if (all.Count == 0 && source.SafeTitle.Length > 0)
        {
            var words = source
                .Text.TitleTokens.Where(token => !token.IsStop)
                .Take(3)
                .Select(token => source.SafeTitle.Substring(token.Start, token.Length))
                .ToList();
            if (words.Count > 0)
            {
                all.Add(Shown(source, string.Join(' ', words)));
            }
        }

        return all;
    }

    private static int Pieces(string text) => text.Split(' ').Length;

    private static string Shown(Source source, string surface)
    {
        var display = TagWriter.Display(surface);
        return Casing.Upper(display, source.Language.Code);
    }

    private static string Subject(Source source) => TagWriter.Display(source.Primary?.Surface ?? Graphemes.TakeWords(source.SafeTitle, 60));

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

    private sealed record Archetype(string Name, string Concept, string[] Elements, string Composition);
}
