using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What the pictures of one video's ideas show: whom the words name, else a thing that no idea before shows.</summary>
internal sealed partial class PicturedThings
{
    private const int WidestMoment = 60;
    private const int LeastWords = 4;
    private const int NarrowestUnspaced = 14;
    private const string NewsCategory = "25";
    private static readonly HashSet<string> LanguageNames = new(
        ["hindi", "tamil", "telugu", "marathi", "bangla", "bengali", "malayalam", "kannada", "punjabi", "urdu", "turkish", "arabic"],
        StringComparer.Ordinal
    );
    private readonly Source source;
    private readonly (string A, string B)? both;
    private readonly (string A, string B)? sides;
    private readonly List<Drawable> things;
    private readonly List<Drawable> agreed;
    private readonly List<Picture> pictures;
    private readonly string? moment;
    private readonly bool grave;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private string? lastNamed;
    private readonly HashSet<string> shown = new(StringComparer.Ordinal);

    /// <param name="asked">What somebody else names as the subject.</param>
    public PicturedThings(Source source, string? first, string? second, bool sure, string? asked)
    {
        this.source = source;
        Turn = source.SafeTitle.Sum(c => c);
        var kind = source.Kind.About;
        var isSong = kind is VideoKind.Music or VideoKind.Performance;
        grave = (kind == VideoKind.News || source.Input.CategoryId == NewsCategory) && GraveWords.Are(source);
        var pair = sure && first is not null && second is not null;
        both =
            kind == VideoKind.Sports ? ThumbnailThings.MatchSides(source)
            : pair && isSong ? (first!, second!)
            : pair && kind == VideoKind.Trailer && DrawableThings.Of(source, second) is { IsPerson: true } ? (first!, second!)
            : null;
        sides = ComparedSides.Of(source);
        var names = kind == VideoKind.Talk ? [] : AgreedSubjects.Of(source);
        Show = kind is VideoKind.Talk or VideoKind.News or VideoKind.Sports || isSong ? null : SeriesName.Of(source, names);
        agreed = names.FindAll(name => Show is null || (name.Name != Show && !SeriesName.IsAlso(source, Show, name.Name)));
        things = (isSong && sure) || kind == VideoKind.Talk ? [] : Named(source, [first, second, asked], agreed);
        if (kind == VideoKind.Talk && SpeakerName.Of(source) is { } speaker)
        {
            things.Insert(0, new(speaker, true));
        }

        var found = ShownPictures.Of(source, isSong && sure ? second : null);
        Theme = found.Find(IsFeast);
        pictures = found.FindAll(picture => !IsFeast(picture));
        moment = kind != VideoKind.Sports && TitleMoment.Of(source) is { } clause && IsMoment(source, clause) ? clause : null;
    }

    /// <summary>Neighbouring videos of a channel get different colours, the same video always the same.</summary>
    public int Turn { get; }

    /// <summary>The series of which the video is a part; null where it is none.</summary>
    public string? Show { get; }

    /// <summary>Whether words are only the name of what the picture shows anyway.</summary>
    public bool IsLabel(string words)
    {
        var folded = Folding.Fold(words);
        return things.Exists(thing => thing.IsPerson && Folding.Fold(thing.Name) == folded)
            || agreed.Exists(name => Folding.Fold(name.Name) == folded)
            || (Show is { } show && source.Tokens(words).TrueForAll(token => IsOfShow(show, token)));
    }

    // "AZHAGU - TAMIL SERIAL": the show's words and such as say that it is one.
    private bool IsOfShow(string show, Token token) =>
        token.IsStop
        || token.Has(TokenFlags.Digits)
        || source.Tokens(show).Exists(own => own.Folded == token.Folded)
        || OverlayLists.For(source.Language.Code).Shows.Contains(token.Folded)
        || PromisedWords.IsForm(source, token.Folded)
        || LanguageNames.Contains(token.Folded);

    /// <summary>The feast whose colours the pictures have, null where there is none.</summary>
    public Picture? Theme { get; }

    /// <summary>The film of a trailer; null where none is known.</summary>
    public string? Film => source.Kind.About == VideoKind.Trailer ? things.Find(thing => !thing.IsPerson).Name : null;

    /// <summary>Whether the title names something to eat.</summary>
    public bool HasFood => pictures.Exists(picture => picture.Group == PictureGroup.Food);

    public ThumbnailFacts? Facts => source.Input.Thumbnail;

    /// <summary>The layout for words with a hook, or of a place, whose needs are met, with what it shows; null where none is.</summary>
    /// <param name="again">Whether it may show what an idea before it shows.</param>
    public (ThumbnailLayout Layout, LayoutFill Fill)? Choose(
        IEnumerable<ThumbnailLayout> place,
        VideoKind kind,
        string overlay,
        bool again = false
    )
    {
        var hook = overlay.Length == 0 ? ThumbnailHook.None : ThumbnailHooks.Of(source, overlay);
        if (again)
        {
            shown.Clear();
            things.RemoveAll(thing => thing.IsPerson && lastNamed is not null && thing.Name != lastNamed);
        }

        foreach (var layout in ThumbnailLayout.For(kind, hook).Concat(place))
        {
            if (
                used.Contains(layout.Concept)
                || grave != layout.Needs.Contains('d', StringComparison.Ordinal)
                || (overlay.Length == 0 && SaysNothing(layout))
                || Fill(layout.Needs, overlay) is not { } fill
            )
            {
                continue;
            }

            used.Add(layout.Concept);
            lastNamed = fill.A ?? lastNamed;
            foreach (var text in new[] { fill.A, fill.X?.What }.OfType<string>())
            {
                shown.Add(Folding.Fold(text));
            }

            return (layout, fill);
        }

        return null;
    }

    // A few words are a name or a label, nothing that happens.
    private static bool IsMoment(Source source, string clause) =>
        Graphemes.DisplayWidth(clause) is var width
        && width <= WidestMoment
        && source.Tokens(clause) is { Count: > 0 } tokens
        && !tokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal))
        && (tokens[0].IsUnspaced ? width >= NarrowestUnspaced : tokens.Count >= LeastWords);

    // Without words an idea needs a thing to show, or what happens.
    private bool SaysNothing(ThumbnailLayout layout) =>
        layout.Needs is "d" or "k"
        || (layout.Needs == "m" && (moment is null || !layout.Concept.Contains("{m}", StringComparison.Ordinal)));

    private static bool IsFeast(Picture picture) => picture.Group is PictureGroup.Halloween or PictureGroup.Christmas;

    // Whom and what the title names, surest first.
    private static List<Drawable> Named(Source source, IEnumerable<string?> surest, List<Drawable> agreed) =>
        [
            .. surest
                .Concat(
                    TitleSegments
                        .Split(source.SafeTitle, source)
                        .Where(segment => segment.Role == SegmentRole.Person)
                        .Select(segment => segment.Text)
                )
                .Concat(
                    ThumbnailThings
                        .Phrases(source)
                        .Take(8)
                        .Where(phrase => source.SafeTitle.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                )
                .Select(text => DrawableThings.Of(source, text))
                .OfType<Drawable>()
                .Concat(agreed.FindAll(name => name.IsPerson))
                .Concat(TitlePeople.Of(source).Select(name => new Drawable(name, true)))
                .DistinctBy(drawable => Folding.Fold(drawable.Name), StringComparer.Ordinal),
        ];
}
