using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What fills the places of a layout.</summary>
internal sealed partial class PicturedThings
{
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
                'n' => Agreed() is { } name ? fill with { A = name } : null,
                'q' => Show is { } show && !IsShown(show) ? fill with { A = show } : null,
                'l' => CastNames.Lead(source) is { } lead && !IsShown(lead) ? fill with { B = lead } : null,
                'r' => IsReaction(source) ? fill : null,
                'h' => Theme is { } feast ? fill with { X = feast } : null,
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
            named = things.FindIndex(thing => Meets(thing) && !IsShown(thing.Name));
        }

        return named < 0 ? null : things[named].Name;
    }

    private (string A, string B)? TwoPeople() =>
        things.FindAll(thing => thing.IsPerson && IsOfTitle(thing.Name)) is [var a, var b, ..] && !IsShown(a.Name)
            ? IsBefore(a.Name, b.Name)
                ? (a.Name, b.Name)
                : (b.Name, a.Name)
            : null;

    private bool IsOfTitle(string name) => source.SafeTitle.Contains(name, StringComparison.OrdinalIgnoreCase);

    private bool IsBefore(string one, string other) =>
        source.SafeTitle.IndexOf(one, StringComparison.OrdinalIgnoreCase)
        <= source.SafeTitle.IndexOf(other, StringComparison.OrdinalIgnoreCase);

    private string? Agreed() => agreed.Find(thing => !IsShown(thing.Name)).Name;

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
