using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Why there is no idea for a thumbnail, and what picture the creator can take instead.</summary>
internal static class ThumbnailVerdict
{
    /// <summary>Null where there are ideas.</summary>
    public static PartVerdict? Of(Source source, IReadOnlyList<ThumbnailIdea> ideas) =>
        ideas.Count > 0 ? null : new("thumbnails", true, Reason(source));

    private static string Reason(Source source)
    {
        var part = PartLabel.Of(source);
        var words = part is null ? "" : $" with “{part}” as its only words";
        return source.Kind.About switch
        {
            VideoKind.Talk =>
                "No idea: the text names neither the speaker nor a subject that can be drawn. Take a sharp frame of the speaker on the "
                    + "left and, on the right, the one slide or diagram that the talk is remembered for, redrawn with at most five words.",
            VideoKind.Music or VideoKind.Performance =>
                "No idea: the text does not say who is seen. Take the cover, or the performer's face at least half as high as the picture, "
                    + "without the words of the title.",
            VideoKind.News =>
                "No idea: the text names nobody and nothing that can be shown with certainty. Take one face or place of the report, at "
                    + "least half as high as the picture, and write beside it what is new, in at most four words.",
            VideoKind.Trailer or VideoKind.Other when part is not null =>
                $"No idea: the text names nobody who is seen in this part. Take the face on which it turns, close up,{words}.",
            _ => "No idea: the text names no person and no thing that is surely seen. Take the frame with the one face or thing that the "
                + $"video is about, at least half as high as the picture{words}; the title need not be repeated.",
        };
    }
}
