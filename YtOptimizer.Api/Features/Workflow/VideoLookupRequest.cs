using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>What the workflow's steps know about the video: its address, and whatever the caller adds.</summary>
internal sealed record VideoLookupRequest(
    string VideoUrl,
    string? Title,
    string? Description,
    IReadOnlyList<string>? Tags,
    string? Transcript
)
{
    public AnalysisRequest ToRequest(VideoReference video) =>
        new()
        {
            Kind = AnalysisKinds.Video,
            Url = video.CanonicalUrl,
            VideoId = video.Id,
            Metadata = new SubmittedMetadata
            {
                Title = Title,
                Description = Description,
                Tags = Tags,
                Transcript = Transcript,
            },
        };

    public static string FallbackThumbnail(string videoId) => $"https://i.ytimg.com/vi/{videoId}/hqdefault.jpg";
}
