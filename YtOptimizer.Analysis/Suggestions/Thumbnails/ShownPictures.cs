using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The things a video's words let one draw: those of the title first, then those its description comes back to.</summary>
internal static class ShownPictures
{
    private const int Opening = 600;
    private const int Most = 4;
    private const int Told = 2;

    /// <param name="track">The track of a song: the rest of its title are names.</param>
    public static List<Picture> Of(Source source, string? track)
    {
        var words = PictureWords.For(source.Language.Code);
        var found = words.In(source, track ?? WithoutChannel(source)).Where(picture => IsOfKind(source, picture)).ToList();
        if (track is null && found.Count == 0)
        {
            found.AddRange(Repeated(source, words).Where(picture => IsOfKind(source, picture)).Take(Told));
        }

        // A flag stands behind something else, and a place behind what happens in it.
        return
        [
            .. found
                .Distinct()
                .OrderBy(picture =>
                    picture.Group is PictureGroup.Flag ? 2
                    : picture.Group is PictureGroup.Place ? 1
                    : 0
                )
                .Take(Most),
        ];
    }

    private static string WithoutChannel(Source source) =>
        string.Join(
            " | ",
            TitleSegments
                .Split(source.SafeTitle, source)
                .Where(segment => segment.Role != SegmentRole.Channel)
                .Select(segment => segment.Text)
        );

    /// <summary>The expression that the title calls for, null where it names no feeling.</summary>
    public static string? Feeling(Source source) =>
        PictureWords
            .For(source.Language.Code)
            .In(source, source.SafeTitle)
            .FirstOrDefault(picture => picture.Group == PictureGroup.Feeling)
            ?.What;

    // What two sentences of the opening speak of.
    private static IEnumerable<Picture> Repeated(Source source, PictureWords words) =>
        Sentences
            .Split(Graphemes.Take(source.AboutText.TrimStart(), Opening))
            .SelectMany(range => words.In(source, source.AboutText.TrimStart()[range]))
            .GroupBy(picture => picture)
            .Where(group => group.Count() >= Told)
            .Select(group => group.Key);

    // A talk shows symbols of its subject; teams bear the names of animals.
    private static bool IsOfKind(Source source, Picture picture) =>
        source.Kind.About switch
        {
            _ when picture.Group == PictureGroup.Feeling => false,
            VideoKind.Talk => picture.Group is PictureGroup.Code or PictureGroup.Software,
            VideoKind.Music or VideoKind.Performance => picture.Group
                is not (PictureGroup.Code or PictureGroup.Software or PictureGroup.Who),
            VideoKind.Sports => picture.Group
                is not (PictureGroup.Code or PictureGroup.Software or PictureGroup.Animal or PictureGroup.Food),
            _ => picture.Group is not (PictureGroup.Code or PictureGroup.Software),
        };
}
