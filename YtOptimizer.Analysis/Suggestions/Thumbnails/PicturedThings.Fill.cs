using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What fills the places of a layout.</summary>
internal sealed partial class PicturedThings
{
    private const int LongestJoint = 6;
    private const int WidestChannel = 30;
    private static readonly HashSet<string> Drawn = new(
        [
            "animation",
            "animated",
            "animación",
            "animacion",
            "animação",
            "анимация",
            "мультфильм",
            "애니메이션",
            "アニメ",
            "cartoon",
            "movie",
            "film",
        ],
        StringComparer.Ordinal
    );
    private static readonly HashSet<string> Joints = new(
        ["e", "y", "and", "&", "et", "und", "и", "та", "і", "i", "ve", "ile", "x", "vs", "vs.", "×", "와", "과", "と", "och", "và"],
        StringComparer.Ordinal
    );
    private static readonly HashSet<string> Choices = new(
        ["or", "ou", "oder", "или", "або", "veya", "lub", "vs", "vs."],
        StringComparer.Ordinal
    );
    private const string OfTheVideo = "from the video";

    // Null where a need is not met, or everything it names has been shown.
    private LayoutFill? Fill(string needs, string overlay)
    {
        var clause = moment is not null && Folding.Fold(moment) != Folding.Fold(overlay) ? $"that shows “{moment}”" : OfTheVideo;
        var fill = new LayoutFill(null, null, null, clause);
        foreach (var need in needs)
        {
            LayoutFill? next = need switch
            {
                's' => both is { } pair && !IsShown(pair.A) ? fill with { A = pair.A, B = pair.B } : null,
                'v' => sides is { } compared && !IsShown(compared.A) ? fill with { A = compared.A, B = compared.B } : null,
                'w' => TwoPeople() is { } two ? fill with { A = two.A, B = two.B } : null,
                'n' => Agreed(overlay) is { } name ? fill with { A = name } : null,
                'q' => Show is { } show && !IsShown(show) ? fill with { A = show } : null,
                'l' => CastNames.Lead(source) is { } lead && !IsShown(lead) && Fits(lead, overlay) ? fill with { B = lead } : null,
                'r' => IsReaction(source) && !pictures.Exists(picture => picture.Group == PictureGroup.Animal) ? fill : null,
                'h' => Theme is { } feast ? fill with { X = feast } : null,
                'u' => Creator() is { } creator && !IsShown(creator) && Fits(creator, overlay) ? fill with { A = creator } : null,
                'i' => IsOwnStory() ? fill : null,
                'k' => overlay.Length > 0 && !OverlayLimits.IsSingle(overlay) ? fill : null,
                'z' => overlay.Any(char.IsDigit) ? fill : null,
                'y' => overlay.EndsWith('?') || overlay.EndsWith('？') ? fill : null,
                'p' or 't' or 'a' => Thing(need, overlay) is { } thing ? fill with { A = thing } : null,
                'm' or 'd' => fill,
                _ => Pictured(need) is { } picture ? fill with { X = picture } : null,
            };
            if (next is not { } met)
            {
                return null;
            }

            fill = met;
        }

        return fill;
    }

    private string? Thing(char need, string overlay)
    {
        bool Meets(Drawable thing) => need == 'a' || (need == 'p') == thing.IsPerson;
        var folded = Folding.Fold(overlay);
        var named = things.FindIndex(thing => Meets(thing) && Folding.Fold(thing.Name) == folded);
        if (named < 0)
        {
            named = things.FindIndex(thing => Meets(thing) && !IsShown(thing.Name) && (!thing.IsPerson || Fits(thing.Name, overlay)));
        }

        return named < 0 ? null : things[named].Name;
    }

    // "arrested JANE" beside the face of John says that he did it; one of two between whom the viewers choose takes sides.
    private bool Fits(string name, string overlay) => !IsOneOfTwo(name) && !TellsOfAnother(name, overlay);

    // The words are a stretch of a calm title in which something happens to somebody else.
    private bool TellsOfAnother(string name, string overlay)
    {
        var start = overlay.Length == 0 ? -1 : source.SafeTitle.IndexOf(overlay, StringComparison.OrdinalIgnoreCase);
        if (
            start < 0
            || source.Language.Code == "de"
            || source.Kind.About is VideoKind.Talk or VideoKind.Interview or VideoKind.Music or VideoKind.Performance
        )
        {
            return false;
        }

        var own = source.Tokens(name).ConvertAll(token => token.Folded);
        var words = source.Text.TitleTokens.FindAll(token => token.Start >= start && token.End <= start + overlay.Length);
        return words.Exists(token => !token.IsStop && !token.IsUnspaced && char.IsLower(source.SafeTitle[token.Start]))
            && words.Skip(1).Any(token => token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.AllCaps))
            && !words.Exists(token => own.Contains(token.Folded));
    }

    private bool IsOneOfTwo(string name)
    {
        var start = source.SafeTitle.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return start >= 0
            && (
                IsChoice(source.SafeTitle[..start].TrimEnd().Split(' ')[^1])
                || IsChoice(source.SafeTitle[(start + name.Length)..].TrimStart().Split(' ')[0])
            );
    }

    // "o" is an article in Portuguese.
    private bool IsChoice(string word) =>
        Choices.Contains(word.ToLowerInvariant()) || (word == "o" && source.Language.Code is "es" or "it");

    private (string A, string B)? TwoPeople() =>
        things.FindAll(thing => thing.IsPerson && IsOfTitle(thing.Name)) is [var a, var b, ..] && !IsShown(a.Name)
            ? IsBefore(a.Name, b.Name)
                ? (a.Name, b.Name)
                : (b.Name, a.Name)
            : agreed is [var one, var other, ..]
            && !IsShown(one.Name)
            && !OverlayHooks.IsShouted(source.Text.TitleTokens)
            && AreJoined(one.Name, other.Name)
                ? (one.Name, other.Name)
                : null;

    // "Nadja e Gabi": only a small word stands between them.
    private bool AreJoined(string one, string other)
    {
        var start = source.SafeTitle.IndexOf(one, StringComparison.OrdinalIgnoreCase);
        var end = source.SafeTitle.IndexOf(other, StringComparison.OrdinalIgnoreCase);
        return start >= 0
            && end > start + one.Length
            && end - start - one.Length <= LongestJoint
            && Joints.Contains(source.SafeTitle[(start + one.Length)..end].Trim().ToLowerInvariant());
    }

    private bool IsOfTitle(string name) => source.SafeTitle.Contains(name, StringComparison.OrdinalIgnoreCase);

    private bool IsBefore(string one, string other) =>
        source.SafeTitle.IndexOf(one, StringComparison.OrdinalIgnoreCase)
        <= source.SafeTitle.IndexOf(other, StringComparison.OrdinalIgnoreCase);

    // A channel that bears a person's name; a clip of a show or a film shows others.
    private string? Creator() =>
        Show is null
        && source.Input.ChannelTitle is { Length: <= WidestChannel } channel
        && source.Tokens(channel) is { Count: 2 or 3 } tokens
        && (DrawableThings.IsFirstName(tokens[0].Folded) || OverlayLists.For(source.Language.Code).Given.Contains(tokens[0].Folded))
        && !tokens.Exists(token =>
            token.IsStop
            || token.Has(TokenFlags.Digits)
            || OverlayLists.For(source.Language.Code).Forms.Contains(token.Folded)
            || OverlayLists.For(source.Language.Code).Shows.Contains(token.Folded)
            || OverlayLists.For(source.Language.Code).Places.Contains(token.Folded)
        )
            ? channel
            : null;

    // "How I …", "Mi …": who speaks of himself is seen, but for drawn videos and clips of shows.
    private bool IsOwnStory() =>
        Show is null
        && source.Input.CategoryId is "19" or "20" or "22" or "23" or "24" or "26" or "27" or "15"
        && !source.Input.Tags.Any(tag => Folding.Fold(tag).Split(' ').Any(Drawn.Contains))
        && source
            .Text.TitleTokens.TakeWhile((token, i) => i == 0 || source.SafeTitle.AsSpan(0, token.Start).TrimEnd()[^1] is not ('|' or '-'))
            .Any(token => OverlayLists.For(source.Language.Code).Self.Contains(token.Folded));

    private string? Agreed(string overlay) => agreed.Find(thing => !IsShown(thing.Name) && Fits(thing.Name, overlay)).Name;

    // Reports tell of the reactions of others.
    private static bool IsReaction(Source source) =>
        source.Kind.About is not (VideoKind.News or VideoKind.Sports)
        && source.Text.TitleTokens.Exists(token => OverlayLists.For(source.Language.Code).Reactions.Contains(token.Folded));

    private Picture? Pictured(char need) =>
        pictures.Find(picture => !shown.Contains(Folding.Fold(picture.What)) && IsOf(need, picture.Group));

    private static bool IsOf(char need, PictureGroup group) =>
        need switch
        {
            'x' => true,
            'o' => group is PictureGroup.Thing or PictureGroup.Food or PictureGroup.Vehicle,
            'c' => group == PictureGroup.Animal,
            'f' => group == PictureGroup.Food,
            'g' => group == PictureGroup.Vehicle,
            _ => false,
        };

    private bool IsShown(string name) =>
        shown.Any(other => other.Split(' ').Intersect(Folding.Fold(name).Split(' '), StringComparer.Ordinal).Any());
}
