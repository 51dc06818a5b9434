using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Judges a title, a description or tags of the caller's own by the rules that suggestions must pass. Nothing is saved.</summary>
internal static class JudgeText
{
    /// <summary>The sources: what the video is known to say.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Video
    {
        /// <summary>The present title; needed where there is no transcript.</summary>
        [PlainText(1000)]
        public string? Title { get; init; }

        [PlainText(20_000)]
        public string? Description { get; init; }

        [PlainTexts(500, 500)]
        public IReadOnlyList<string?>? Tags { get; init; }

        [PlainText(500)]
        public string? ChannelTitle { get; init; }

        [Range(0, 604_800)]
        public int? DurationSeconds { get; init; }

        /// <summary>The video's language, such as en or pt-BR.</summary>
        [PlainText(35)]
        public string? Language { get; init; }

        /// <summary>Plain text or any subtitle format that POST /analyze/transcript reads.</summary>
        [PlainText(1_500_000)]
        public string? Transcript { get; init; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        public Video? Video { get; init; }

        /// <summary>The title to judge.</summary>
        [PlainText(1000)]
        public string? Title { get; init; }

        /// <summary>The description to judge.</summary>
        [PlainText(20_000)]
        public string? Description { get; init; }

        /// <summary>The tags to judge.</summary>
        [PlainTexts(Judgement.MostTags, 500)]
        public IReadOnlyList<string?>? Tags { get; init; }
    }

    [Refuses(400, "nothing_to_judge", "sources_missing")]
    [RefusesToAnalyse]
    public static async Task<Results<Ok<Judgement>, ProblemHttpResult>> Handle(
        Request request,
        InputAssembler assembler,
        Analyzer analyzer,
        AnalysisDeadline deadline,
        CancellationToken ct
    )
    {
        var own = new OwnText
        {
            Title = request.Title,
            Description = request.Description,
            Tags = request.Tags is { Count: > 0 } ? [.. request.Tags.OfType<string>()] : null,
        };
        if (own is { Title: null, Description: null, Tags: null })
        {
            return Problems.BadRequest("nothing_to_judge", "Send what to judge: title, description or tags.");
        }

        if (string.IsNullOrWhiteSpace(request.Video?.Title) && string.IsNullOrWhiteSpace(request.Video?.Transcript))
        {
            return Problems.BadRequest("sources_missing", "Send what the video says as video: at least its title or its transcript.");
        }

        try
        {
            using var limit = deadline.Start(ct);
            var sources = await assembler.AssembleAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Transcript,
                    Metadata = new SubmittedMetadata
                    {
                        Title = request.Video.Title,
                        Description = request.Video.Description,
                        Tags = request.Video.Tags?.OfType<string>().ToArray(),
                        ChannelTitle = request.Video.ChannelTitle,
                        DurationSeconds = request.Video.DurationSeconds,
                        Language = request.Video.Language,
                        Transcript = request.Video.Transcript,
                    },
                },
                limit,
                ct
            );
            return TypedResults.Ok(limit.Run(() => Judgement.Of(analyzer, sources.Input, own)));
        }
        catch (AnalysisException failure)
        {
            return AnalysisProblems.From(failure);
        }
    }
}
