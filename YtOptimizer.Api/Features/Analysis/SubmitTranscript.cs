using System.Text.Json.Serialization;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Queues the analysis of a transcript, plain or as a subtitle file.</summary>
internal static class SubmitTranscript
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>50 to 2,000,000 characters, about four hours of speech: plain text, text copied from YouTube's transcript panel, SRT,
        /// WebVTT, SBV, SubViewer, ASS or SSA, MicroDVD, MPL2, LRC, TTML or DFXP, SAMI, YouTube's srv1 to srv3 and json3, JSON lists of
        /// Whisper and youtube-transcript-api.</summary>
        [PlainText(SubmissionRules.LongestTranscript, Shortest = SubmissionRules.ShortestTranscript)]
        public string? Transcript { get; init; }

        public SubmissionConfiguration? Configuration { get; init; }

        public SubmissionMetadata? Metadata { get; init; }
    }

    [RefusesToEnqueue]
    [Refuses(400, "invalid_idempotency_key")]
    [Refuses(422, "idempotency_key_reused")]
    public static async Task<IResult> Handle(
        Request request,
        HttpContext context,
        CurrentUser user,
        Submission submission,
        CancellationToken ct
    )
    {
        var (result, _) = await submission.SubmitAsync(
            context,
            user,
            Guid.CreateVersion7(),
            new AnalysisRequest
            {
                Kind = AnalysisKinds.Transcript,
                Transcript = request.Transcript,
                Metadata = SubmissionMetadata.ToCore(request.Metadata),
                Language = request.Configuration?.Language,
                Tone = request.Configuration?.Tone,
            },
            null,
            ct
        );
        return result;
    }
}
