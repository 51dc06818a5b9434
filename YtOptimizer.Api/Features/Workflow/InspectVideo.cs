using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>First step of the workflow: what the video is about. No model is asked.</summary>
internal static class InspectVideo
{
    public sealed record Request(
        [property: Required] [property: MaxLength(2048)] string VideoUrl,
        [property: MaxLength(1000)] string? Title = null,
        [property: MaxLength(20_000)] string? Description = null,
        [property: MaxLength(500)] IReadOnlyList<string>? Tags = null,
        [property: MaxLength(500_000)] string? Transcript = null
    );

    public sealed record Response(string Title, string Description, string Category, string ThumbnailUrl, string VideoId, bool Degraded);

    [RefusesToAnalyse]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        HttpContext context,
        CurrentUser user,
        InputAssembler assembler,
        Analyzer analyzer,
        AnalysisDeadline deadline,
        WorkflowRefusals refusals,
        CancellationToken ct
    )
    {
        if (!VideoReference.TryParse(request.VideoUrl, out var video, out var problem))
        {
            return PreferHandling.IsLenient(context)
                ? TypedResults.Ok(Unknown(await refusals.ToldAsync(user, problem.Code(), problem.Explain(), ct), null))
                : Problems.BadRequest(problem.Code(), problem.Explain());
        }

        try
        {
            var question = new VideoLookupRequest(request.VideoUrl, request.Title, request.Description, request.Tags, request.Transcript);
            using var limit = deadline.Start(ct);
            var known = await assembler.AssembleAsync(question.ToRequest(video), limit, ct);
            var type = limit.Run(() => analyzer.AnalyzeUntil(known.Input, null, limit.Token)).ContentType;
            return TypedResults.Ok(
                new Response(
                    known.Input.Title,
                    known.Input.Description,
                    Categories.Of(known.Input.CategoryId, type),
                    known.ThumbnailUrl ?? VideoLookupRequest.FallbackThumbnail(video.Id),
                    video.Id,
                    known.Degraded
                )
            );
        }
        catch (AnalysisException failure)
        {
            return PreferHandling.IsLenient(context)
                ? TypedResults.Ok(Unknown(await refusals.ToldAsync(user, failure.Code, failure.Message, ct), video.Id))
                : AnalysisProblems.From(failure);
        }
    }

    private static Response Unknown(string reason, string? videoId) =>
        new(
            "This video could not be looked up",
            reason,
            "Unknown",
            videoId is null ? WorkflowRefusals.NoPicture : VideoLookupRequest.FallbackThumbnail(videoId),
            videoId ?? "",
            true
        );
}
