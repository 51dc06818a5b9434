using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The things that a title names and that its video surely shows, in the order of the title.</summary>
internal static class ShownPictures
{
    private const int Opening = 600;
    private const int Most = 4;
    private const int FewTags = 3;
    private const int ShortText = 200;

    /// <param name="track">The track of a song: the rest of its title are names.</param>
    public static List<Picture> Of(Source source, string? track)
    {
        // What a song's name speaks of is seldom seen in its clip.
        if (track is not null)
        {
            return [];
        }

        var words = PictureWords.For(source.Language.Code);
        var found = words.In(source, WithoutChannel(source)).Where(picture => IsOfKind(source, picture)).Distinct().Take(Most).ToList();
        if (found.Count == 0)
        {
            return OfCategory(source, words);
        }

        return source.Kind.About == VideoKind.Talk || SaysLittleElse(source) ? found : found.FindAll(Confirmed(source, words).Contains);
    }

    // A video among pets and animals shows the animal that its tags name, one among cars the vehicle.
    private static List<Picture> OfCategory(Source source, PictureWords words)
    {
        PictureGroup? group = source.Input.CategoryId switch
        {
            "15" => PictureGroup.Animal,
            "2" => PictureGroup.Vehicle,
            _ => null,
        };
        return group is null
            ? []
            : [.. words.In(source, string.Join(" | ", source.Input.Tags)).Where(picture => picture.Group == group).Take(1)];
    }

    private static string WithoutChannel(Source source) =>
        string.Join(
            " | ",
            TitleSegments
                .Split(source.SafeTitle, source)
                .Where(segment => segment.Role is not (SegmentRole.Channel or SegmentRole.Series or SegmentRole.Person))
                .Select(segment => segment.Text)
        );

    // A word of a title may be part of a name or an idiom: what the video shows, its tags or its description name, too.
    private static HashSet<Picture> Confirmed(Source source, PictureWords words) =>
        [
            .. words.In(source, string.Join(" | ", source.Input.Tags.Where(tag => !IsOneName(source, tag)))),
            .. words.In(source, Graphemes.Take(source.AboutText.TrimStart(), Opening)),
        ];

    // "Лев против": a tag whose other word is in no other tag is a name with the animal in it.
    private static bool IsOneName(Source source, string tag) =>
        tag.Contains(' ', StringComparison.Ordinal)
        && source.SafeTitle.Contains(tag, StringComparison.OrdinalIgnoreCase)
        && source.Tokens(tag) is { Count: 2 } tokens
        && !source.Input.Tags.Any(other =>
            other.Length != tag.Length && tokens.Exists(token => Folding.Fold(other).Contains(token.Folded))
        );

    private static bool SaysLittleElse(Source source) => source.Input.Tags.Count < FewTags && source.SafeDescription.Length < ShortText;

    private static bool IsOfKind(Source source, Picture picture) =>
        source.Kind.About switch
        {
            _ when picture.Group is PictureGroup.Halloween or PictureGroup.Christmas => true,
            VideoKind.Talk => picture.Group == PictureGroup.Code,
            // Teams and machines bear the names of animals, songs those of anything.
            VideoKind.Sports or VideoKind.News => picture.Group == PictureGroup.Vehicle,
            VideoKind.Music or VideoKind.Performance => false,
            _ => picture.Group != PictureGroup.Code,
        };
}
