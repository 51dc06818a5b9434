using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What the pictures of one video's ideas show: whom the words name, else a thing that no idea before shows.</summary>
internal sealed partial class PicturedThings
{
    private const int YearDigits = 4;
    private const int MostOfName = 3;
    private readonly Source source;
    private readonly (string A, string B)? both;
    private readonly (string A, string B)? sides;
    private readonly List<Drawable> things;
    private readonly List<Picture> pictures;
    private readonly List<string> topics;
    private readonly List<string> names;
    private readonly HashSet<string> series;
    private readonly string? moment;
    private readonly string expression;
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
        var segments = TitleSegments.Split(source.SafeTitle, source);
        series = segments
            .Where(segment => segment.Role is SegmentRole.Series or SegmentRole.Label && kind != VideoKind.Trailer)
            .Select(segment => Folding.Fold(segment.Text))
            .ToHashSet(StringComparer.Ordinal);
        var people = segments.Where(segment => segment.Role == SegmentRole.Person).Select(segment => segment.Text);
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

        var isSong = kind is VideoKind.Music or VideoKind.Performance;
        pictures = ShownPictures.Of(source, isSong ? both?.B : null);
        IEnumerable<string> topic = kind == VideoKind.Talk && OverlayTopics.Of(source) is { } found ? [found] : [];
        topics = [.. topic.Concat(phrases).Where(IsTopic)];
        names = kind == VideoKind.Talk ? [] : topics.FindAll(IsName);
        topics.RemoveAll(names.Contains);
        moment = kind == VideoKind.Sports && both is { } match ? $"{match.A} – {match.B}" : TitleMoment.Of(source);
        expression = ShownPictures.Feeling(source) ?? Expression(kind);
    }

    /// <summary>Neighbouring videos of a channel get different variants, the same video always the same.</summary>
    public int Turn { get; }

    // A list of singers or a kind of songs is no portrait.
    private static (string A, string B)? Named(Source source, string a, string b) =>
        a.Contains(',', StringComparison.Ordinal) || source.Tokens(a).Exists(token => PromisedWords.IsForm(source, token.Folded))
            ? null
            : (a, b);

    /// <summary>The layout for words with a hook, or of a place, whose needs are met, with what it shows; null where none is.</summary>
    public (ThumbnailLayout Layout, LayoutFill Fill)? Choose(IEnumerable<ThumbnailLayout> place, VideoKind kind, string overlay)
    {
        var hook = overlay.Length == 0 ? ThumbnailHook.None : ThumbnailHooks.Of(source, overlay);
        foreach (var needs in ThumbnailLayout.For(kind, hook).Concat(place).GroupBy(layout => (layout.Place, layout.Needs)))
        {
            // Without words and without a thing to show an idea says nothing.
            if ((overlay.Length == 0 && needs.Key.Needs == "m") || Fill(needs.Key.Needs, overlay) is not { } fill)
            {
                continue;
            }

            // A question is pictured as it is asked; a name that is all the title says is not named twice.
            fill = needs.Key.Place == 0 && hook == ThumbnailHook.Question ? fill with { M = AsWritten(overlay) } : fill;
            var twice = fill.K is { } name && fill.M is { } clause && Folding.Fold(name) == Folding.Fold(clause);
            var free = needs
                .Where(layout => !used.Contains(layout.Concept) && !(twice && layout.Concept.Contains("{m}", StringComparison.Ordinal)))
                .ToList();
            if (free.Count == 0)
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

    private string AsWritten(string overlay)
    {
        var at = source.SafeTitle.IndexOf(overlay, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? overlay : source.SafeTitle.Substring(at, overlay.Length);
    }

    private static bool Names(string name, string phrase) => Folding.Fold(name).Contains(Folding.Fold(phrase), StringComparison.Ordinal);

    // A phrase of the title that names something: no clause, no abstract noun, nobody.
    private bool IsTopic(string phrase)
    {
        var tokens = source.Tokens(phrase);
        var lists = OverlayLists.For(source.Language.Code);
        var alone = tokens.Count == 1 && !tokens[0].IsUnspaced;
        return !OverlayWords.IsClause(source, phrase)
            && !series.Contains(Folding.Fold(phrase))
            && !(alone && source.Kind.About == VideoKind.Talk)
            && !tokens.Exists(token => token.Has(TokenFlags.Digits) && token.Length == YearDigits)
            && !(both is { } pair && (Names(pair.A, phrase) || Names(pair.B, phrase)))
            && !things.Exists(thing => Folding.Fold(thing.Name) == Folding.Fold(phrase))
            && !tokens.Exists(token => lists.Forms.Contains(token.Folded) || lists.Never.Contains(token.Folded))
            && (source.Kind.About == VideoKind.Talk || !tokens.Exists(token => lists.IsAbstract(token.Folded)))
            && (IsName(phrase) || source.TagKeys.Contains(Folding.Fold(phrase)) || StandsApart(phrase, tokens))
            && OverlayLimits.Allow(source, phrase);
    }

    // "ultimate lemon" of "the ultimate lemon tart": its neighbour in the title belongs to it.
    private bool StandsApart(string phrase, List<Token> own)
    {
        var title = source.Text.TitleTokens;
        var at = source.SafeTitle.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
        var start = title.FindIndex(token => token.Start == at);
        var end = start + own.Count;
        return start < 0
            || own[0].IsUnspaced
            || (
                (start == 0 || title[start].Before > Gap.Joint || title[start - 1].IsStop)
                && (end >= title.Count || title[end].Before > Gap.Joint || title[end].IsStop)
            );
    }

    // Each word with a capital where the title or running text writes other words small.
    private bool IsName(string phrase)
    {
        var words = source.Tokens(phrase).FindAll(token => !token.IsStop);
        var calm = source.Text.TitleTokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Capitalized) && token.Length > 3);
        var tagged = source.TagKeys.Contains(Folding.Fold(phrase)) && words.Count > 1 && phrase.Any(char.IsLower);
        return words.TrueForAll(token => source.IsNamed(token.Folded) || ((calm || tagged) && token.Has(TokenFlags.Capitalized)))
            && words.Exists(token => !source.IsEveryday(token.Folded))
            // "Upcoming Twist" in a title of another language.
            && !words.TrueForAll(token => WordSet.Wide("en").Contains(token.Folded) || CommonWords.For("en").HasWord(token.Folded));
    }

    private string Expression(VideoKind kind) =>
        kind switch
        {
            VideoKind.Comedy => "lips pressed, about to laugh",
            VideoKind.News or VideoKind.Interview or VideoKind.Trailer => "serious, eyes sharp",
            VideoKind.Kids => "laughing, eyes wide",
            VideoKind.Sports => "teeth clenched, eyes on the goal",
            _ when source.SafeTitle.AsSpan().ContainsAny('?', '？', '؟') => "one eyebrow up, lips pressed",
            _ when source.SafeTitle.AsSpan().ContainsAny('!', '！') => "mouth open, eyes wide",
            _ => "looking into the camera",
        };

    private bool IsOfTitle(string phrase) => source.SafeTitle.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
