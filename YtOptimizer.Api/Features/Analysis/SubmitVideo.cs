using System.Text.Json.Serialization;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Queues the analysis of a YouTube video.</summary>
internal static class SubmitVideo
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        public SubmissionConfiguration? Configuration { get; init; }

        /// <summary>What you know about the video. Needed where neither the YouTube API nor oEmbed can be reached.</summary>
        public SubmissionMetadata? Metadata { get; init; }
    }

    [RefusesToEnqueue]
    [Refuses(400, "invalid_idempotency_key")]
    [Refuses(422, "idempotency_key_reused")]
    [Refuses(400, "host_not_youtube", "several_videos", "url_with_credentials_or_port", "video_reference_invalid")]
    public static async Task<IResult> Handle(
        Request request,
        HttpContext context,
        CurrentUser user,
        Submission submission,
        CancellationToken ct
    )
    {
        if (string.IsNullOrWhiteSpace(request.Configuration?.Url))
        {
            const string Missing = "Send the video's address, for example https://www.youtube.com/watch?v=dQw4w9WgXcQ.";
            return Problems.BadRequest(
                "validation_failed",
                Missing,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["configuration.url"] = [Missing] }
            );
        }

        if (!VideoReference.TryParse(request.Configuration.Url, out var video, out var error))
        {
            var why = error.Explain();
            return Problems.BadRequest(
                error.Code(),
                why,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["configuration.url"] = [why] }
            );
        }

        var (result, _) = await submission.SubmitAsync(
            context,
            user,
            Guid.CreateVersion7(),
            new AnalysisRequest
            {
                Kind = AnalysisKinds.Video,
                Url = video.CanonicalUrl,
                VideoId = video.Id,
                Metadata = SubmissionMetadata.ToCore(request.Metadata),
                Language = request.Configuration.Language,
                Tone = request.Configuration.Tone,
            },
            null,
            ct
        );
        return result;
    }
}
