using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Analyses a video by its address. Nothing is saved; what the caller sends about the video wins over what YouTube says.</summary>
internal static class AnalyzeUrl
{
    public sealed record Request(
        [property: Required] [property: MaxLength(2048)] string VideoUrl,
        [property: MaxLength(50)] string? Language = null,
        [property: MaxLength(100)] string? Tone = null,
        [property: MaxLength(1000)] string? Title = null,
        [property: MaxLength(20_000)] string? Description = null,
        [property: MaxLength(500)] IReadOnlyList<string>? Tags = null,
        [property: MaxLength(500_000)] string? Transcript = null
    );

    public sealed record VideoInfo(string OriginalTitle, string VideoId, string? Duration);

    public sealed record Response(
        bool Success,
        VideoInfo VideoInfo,
        AnalysisView Analysis,
        int TranscriptLength,
        AnalysisResult Result,
        AnalysisOrigin Origin
    );

    [RefusesToAnalyse]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        DirectAnalysis analysis,
        HttpContext context,
        [FromQuery] [MaxLength(50)] string? languageOverride,
        [FromQuery] [MaxLength(100)] string? toneOverride,
        CancellationToken ct
    )
    {
        if (!VideoReference.TryParse(request.VideoUrl, out var video, out var problem))
        {
            return Problems.BadRequest(problem.Code(), problem.Explain());
        }

        try
        {
            var outcome = await analysis.RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Video,
                    Url = video.CanonicalUrl,
                    VideoId = video.Id,
                    Metadata = new SubmittedMetadata
                    {
                        Title = request.Title,
                        Description = request.Description,
                        Tags = request.Tags,
                        Transcript = request.Transcript,
                    },
                    Language = languageOverride ?? request.Language,
                    Tone = toneOverride ?? request.Tone,
                },
                user,
                context,
                ct
            );
            var duration = outcome.Input.Duration is { } length ? System.Xml.XmlConvert.ToString(length) : null;
            return TypedResults.Ok(
                new Response(
                    true,
                    new VideoInfo(outcome.Input.Title, video.Id, duration),
                    AnalysisView.Of(outcome),
                    outcome.Input.Transcript?.Text.Length ?? 0,
                    outcome.Result,
                    AnalysisOrigin.Of(outcome)
                )
            );
        }
        catch (AnalysisException failure)
        {
            return AnalysisProblems.From(failure);
        }
    }
}
