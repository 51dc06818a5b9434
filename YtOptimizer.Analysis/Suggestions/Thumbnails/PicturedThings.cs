using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What the pictures of one video's ideas show: whom the words name, else a thing that no idea before shows.</summary>
internal sealed partial class PicturedThings
{
    private readonly Source source;
    private readonly (string A, string B)? both;
    private readonly (string A, string B)? sides;
    private readonly List<Drawable> things;
    private readonly List<Picture> pictures;
    private readonly List<string> topics;
    private readonly string? moment;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HashSet<string> shown = new(StringComparer.Ordinal);

    /// <param name="asked">What somebody else names as the subject.</param>
    public PicturedThings(Source source, string? first, string? second, bool sure, string? asked)
    {
        this.source = source;
        Turn = source.SafeTitle.Sum(c => c);
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

        sides = ComparedSides.Of(source);
        var people = TitleSegments
            .Split(source.SafeTitle, source)
            .Where(segment => segment.Role == SegmentRole.Person)
            .Select(segment => segment.Text);
        var phrases = ThumbnailThings.Phrases(source).Take(8).Where(IsOfTitle).ToList();
        things =
        [
            .. new[] { first, second, asked }
                .Concat(people)
                .Concat(phrases)
                .Select(text => DrawableThings.Of(source, text))
                .OfType<Drawable>()
                .DistinctBy(drawable => Folding.Fold(drawable.Name), StringComparer.Ordinal),
        ];
        if (kind == VideoKind.Talk && SpeakerName.Of(source) is { } speaker)
        {
            things.Insert(0, new(speaker, true));
        }

        pictures = ShownPictures.Of(source);
        topics = [.. phrases.Concat(OverlayTopics.Of(source) is { } topic && kind == VideoKind.Talk ? [topic] : []).Where(IsTopic)];
        moment = TitleMoment.Of(source);
    }

    /// <summary>Neighbouring videos of a channel get different variants, the same video always the same.</summary>
    public int Turn { get; }

    // A list of singers or a kind of songs is no portrait.
    private static (string A, string B)? Named(Source source, string a, string b) =>
        a.Contains(',', StringComparison.Ordinal) || source.Tokens(a).Exists(token => PromisedWords.IsForm(source, token.Folded))
            ? null
            : (a, b);

    /// <summary>The layout for words with a hook, or that of a place, whose needs are met, with what it shows; null where none is.</summary>
    public (ThumbnailLayout Layout, LayoutFill Fill)? Choose(IEnumerable<ThumbnailLayout> place, VideoKind kind, string overlay)
    {
        var hook = overlay.Length == 0 ? ThumbnailHook.None : ThumbnailHooks.Of(source, overlay);
        foreach (var needs in ThumbnailLayout.For(kind, hook).Concat(place).GroupBy(layout => (layout.Place, layout.Needs)))
        {
            var free = needs.Where(layout => !used.Contains(layout.Concept)).ToList();
            if (free.Count == 0 || Fill(needs.Key.Needs, overlay) is not { } fill)
            {
                continue;
            }

            var layout = free[Turn % free.Count];
            used.Add(layout.Concept);
            foreach (var text in new[] { fill.A, fill.X?.What, fill.Y?.What, fill.K }.OfType<string>())
            {
                shown.Add(Folding.Fold(text));
            }

            return (layout, fill);
        }

        return null;
    }

    // A phrase of the title that names something: no clause, no abstract noun, nobody.
    private bool IsTopic(string phrase)
    {
        var tokens = source.Tokens(phrase);
        var lists = OverlayLists.For(source.Language.Code);
        return !OverlayWords.IsClause(source, phrase)
            && !things.Exists(thing => Folding.Fold(thing.Name) == Folding.Fold(phrase))
            && !tokens.Exists(token => lists.Forms.Contains(token.Folded) || lists.Never.Contains(token.Folded))
            && (source.Kind.About == VideoKind.Talk || !tokens.Exists(token => lists.IsAbstract(token.Folded)))
            && OverlayLimits.Allow(source, phrase);
    }

    private bool IsOfTitle(string phrase) => source.SafeTitle.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
