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
