using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Analyses a transcript in any form that POST /analyze/transcript reads (times give chapters). Nothing is saved.</summary>
internal static class AnalyzeText
{
    public sealed record Request(
        [property: StringLength(100_000, MinimumLength = 100)] string Transcript,
        [property: MaxLength(200)] string? OriginalTitle = null,
        [property: MaxLength(50)] string? Language = null,
        [property: MaxLength(100)] string? Tone = null
    );

    public sealed record Response(bool Success, AnalysisView Analysis, int TranscriptLength, AnalysisResult Result, AnalysisOrigin Origin);

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
        try
        {
            var outcome = await analysis.RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Transcript,
                    Transcript = request.Transcript,
                    Metadata = new SubmittedMetadata { Title = request.OriginalTitle },
                    Language = languageOverride ?? request.Language,
                    Tone = toneOverride ?? request.Tone,
                },
                user,
                context,
                ct
            );
            return TypedResults.Ok(
                new Response(true, AnalysisView.Of(outcome), request.Transcript.Length, outcome.Result, AnalysisOrigin.Of(outcome))
            );
        }
        catch (AnalysisException failure)
        {
            return AnalysisProblems.From(failure);
        }
    }
}
