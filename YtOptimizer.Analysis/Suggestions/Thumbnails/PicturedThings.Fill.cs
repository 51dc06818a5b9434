using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What fills the places of a layout.</summary>
internal sealed partial class PicturedThings
{
    // Null where a need is not met, or everything it names has been shown.
    private LayoutFill? Fill(string needs, string overlay)
    {
        var fill = new LayoutFill(null, null, null, null, null, moment ?? (overlay.Length > 0 ? overlay : null), expression);
        foreach (var need in needs)
        {
            LayoutFill? next = need switch
            {
                's' => both is { } pair ? fill with { A = pair.A, B = pair.B } : null,
                'v' => sides is { } compared && !IsShown(compared.A) ? fill with { A = compared.A, B = compared.B } : null,
                'p' or 't' or 'a' => Thing(need, overlay) is { } thing ? fill with { A = thing } : null,
                'y' => OtherThan(fill.X) is { } other ? fill with { Y = other } : null,
                'k' => Topic(topics, overlay) is { } topic ? fill with { K = topic } : null,
                'n' => (Named(overlay) ?? Topic(names, overlay)) is { } name ? fill with { K = name } : null,
                'm' => fill.M is null ? null : fill,
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

    // A flag stands behind something, in the news also for its country.
    private bool IsOf(char need, PictureGroup group) =>
        need switch
        {
            'x' => group != PictureGroup.Flag || source.Kind.About == VideoKind.News,
            'o' => group
                is PictureGroup.Thing
                    or PictureGroup.Food
                    or PictureGroup.Vehicle
                    or PictureGroup.Halloween
                    or PictureGroup.Christmas,
            _ => need == Letter(group),
        };

    private Picture? OtherThan(Picture? first) => pictures.Find(picture => picture != first && !shown.Contains(Folding.Fold(picture.What)));

    // The name that the words name is the one to show.
    private string? Named(string overlay) => names.Find(name => Folding.Fold(name) == Folding.Fold(overlay) && !IsShown(name));

    private string? Topic(List<string> topics, string overlay)
    {
        var folded = Folding.Fold(overlay);
        return topics.Find(topic => !IsShown(topic) && Folding.Fold(topic) != folded) ?? topics.Find(topic => !IsShown(topic));
    }

    private static char Letter(PictureGroup group) =>
        group switch
        {
            PictureGroup.Who => 'w',
            PictureGroup.Animal => 'c',
            PictureGroup.Food => 'f',
            PictureGroup.Vehicle => 'g',
            PictureGroup.Place => 'l',
            PictureGroup.Event => 'e',
            PictureGroup.Sign or PictureGroup.Code or PictureGroup.Software => 'i',
            _ => '-',
        };

    private bool IsShown(string name) =>
        shown.Any(other => other.Split(' ').Intersect(Folding.Fold(name).Split(' '), StringComparer.Ordinal).Any());
}
