using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What the pictures of one video's ideas show: whom the words name, else a thing that no idea before shows.</summary>
internal sealed class PicturedThings
{
    private readonly Source source;
    private readonly (string A, string B)? both;
    private readonly List<Drawable> things;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly int turn;
    private readonly HashSet<string> shown = new(StringComparer.Ordinal);

    /// <param name="asked">What somebody else names as the subject.</param>
    public PicturedThings(Source source, string? first, string? second, bool sure, string? asked)
    {
        this.source = source;
        turn = source.SafeTitle.Sum(c => c);
        var kind = source.Kind.About;
        var pair = sure && first is not null && second is not null;
        both =
            pair && kind is VideoKind.Music or VideoKind.Performance or VideoKind.Sports ? Named(source, first!, second!)
            : pair && kind == VideoKind.Trailer && DrawableThings.Of(source, second) is { IsPerson: true } ? (first!, second!)
            : null;
        if (
            kind == VideoKind.Comedy
            && DrawableThings.Of(source, first) is { IsPerson: true }
            && DrawableThings.Of(source, second) is { IsPerson: true }
        )
        {
            both = (first!, second!);
        }

        var people = TitleSegments
            .Split(source.SafeTitle, source)
            .Where(segment => segment.Role == SegmentRole.Person)
            .Select(segment => segment.Text);
        things =
        [
            .. new[] { first, second, asked }
                .Concat(people)
                .Concat(ThumbnailThings.Phrases(source).Take(8).Where(IsOfTitle))
                .Select(text => DrawableThings.Of(source, text))
                .OfType<Drawable>()
                .DistinctBy(drawable => Folding.Fold(drawable.Name), StringComparer.Ordinal),
        ];
    }

    // A list of singers or a kind of songs is no portrait.
    private static (string A, string B)? Named(Source source, string a, string b) =>
        a.Contains(',', StringComparison.Ordinal) || source.Tokens(a).Exists(token => PromisedWords.IsForm(source, token.Folded))
            ? null
            : (a, b);

    /// <summary>The layout of a place whose needs are met, with what it shows.</summary>
    public (ThumbnailLayout Layout, string? A, string? B) Choose(IEnumerable<ThumbnailLayout> place, VideoKind kind, string overlay)
    {
        var folded = Folding.Fold(overlay);
        var named = things.FindIndex(thing => Folding.Fold(thing.Name) == folded);
        var plain = new List<ThumbnailLayout>();
        foreach (var layout in place)
        {
            if (layout.Needs == '-')
            {
                plain.Add(layout);
            }
            else if (layout.Needs == 's')
            {
                if (both is { } pair)
                {
                    shown.Add(Folding.Fold(pair.A));
                    shown.Add(Folding.Fold(pair.B));
                    return (layout, pair.A, pair.B);
                }
            }
            else
            {
                var at =
                    named >= 0 && Meets(layout, things[named]) ? named : things.FindIndex(thing => Meets(layout, thing) && !IsShown(thing));
                if (at >= 0 && (named < 0 || at == named))
                {
                    shown.Add(Folding.Fold(things[at].Name));
                    return (layout, things[at].Name, null);
                }
            }
        }

        var hooked = ThumbnailLayout.For(kind, ThumbnailHooks.Of(source, overlay)).ToList();
        return (Variant(hooked) ?? Variant(plain) ?? plain[0], null, null);
    }

    // Neighbouring videos of a channel get different ones, the same video always the same.
    private ThumbnailLayout? Variant(List<ThumbnailLayout> layouts)
    {
        var free = layouts.FindAll(layout => !used.Contains(layout.Concept));
        if (free.Count == 0)
        {
            return null;
        }

        var layout = free[turn % free.Count];
        used.Add(layout.Concept);
        return layout;
    }

    private static bool Meets(ThumbnailLayout layout, Drawable thing) => layout.Needs == 'a' || (layout.Needs == 'p') == thing.IsPerson;

    private bool IsShown(Drawable thing) =>
        shown.Any(name => name.Split(' ').Intersect(Folding.Fold(thing.Name).Split(' '), StringComparer.Ordinal).Any());

    private bool IsOfTitle(string phrase) => source.SafeTitle.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
