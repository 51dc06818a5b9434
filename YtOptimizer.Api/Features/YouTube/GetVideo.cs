using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.YouTube;

/// <summary>Looks a video up: our cache, the Data API, oEmbed. Only the id leaves the parser; the address itself is never
/// fetched.</summary>
internal static class GetVideo
{
    /// <summary>Null means that YouTube does not state it (a hidden like count, or a source that knows less), never zero.</summary>
    public sealed record Response(
        string Id,
        string Title,
        string Description,
        IReadOnlyList<string> Tags,
        string Thumbnail,
        DateTimeOffset? PublishedAt,
        string? Duration,
        long? Views,
        long? Likes,
        long? Comments,
        string? ChannelId,
        string? ChannelTitle,
        string Source,
        bool Cached,
        bool Degraded
    );

    [Refuses(404, "video_not_found")]
    [Refuses(503, "metadata_unavailable")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        [Required(ErrorMessage = "Send the video's address as the query parameter url.")] [MaxLength(2048)] string url,
        VideoMetadataSource source,
        CancellationToken ct
    )
    {
        if (!VideoReference.TryParse(url, out var reference, out var problem))
        {
            return Problems.BadRequest(problem.Code(), problem.Explain());
        }

        var lookup = await source.FindAsync(reference.Id, needTitle: true, ct);
        if (lookup.Video is { Title: { } title } video)
        {
            return TypedResults.Ok(
                new Response(
                    reference.Id,
                    title,
                    video.Description ?? "",
                    video.Tags ?? [],
                    video.ThumbnailUrl ?? "",
                    video.PublishedAt,
                    video.Duration,
                    video.ViewCount,
                    video.LikeCount,
                    video.CommentCount,
                    video.ChannelId,
                    video.ChannelTitle,
                    lookup.Sources.GetValueOrDefault("title", "youtube_api"),
                    lookup.FromCache,
                    lookup.Degraded
                )
            );
        }

        return lookup.NotFound
            ? Problems.NotFound(
                "video_not_found",
                "YouTube shows no public video with this id: it is private, deleted or mistyped. Check the link."
            )
            : Problems.Unavailable("metadata_unavailable", "YouTube cannot be asked right now. Try again later.", TimeSpan.FromSeconds(60));
    }
}
