using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>How an analysis is to be made. Unknown fields are refused; <c>model</c>, <c>aiModel</c> and <c>userId</c> are accepted from
/// older clients and not used.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubmissionConfiguration
{
    /// <summary>A YouTube video's address or its id.</summary>
    [PlainText(2048)]
    public string? Url { get; init; }

    /// <summary>Language of the suggestions, as a name or code; free text up to 50 characters.</summary>
    [PlainText(50)]
    public string? Language { get; init; }

    /// <summary>Tone of the suggestions; free text up to 100 characters.</summary>
    [PlainText(100)]
    public string? Tone { get; init; }

    [PlainText(100)]
    public string? Model { get; init; }

    [PlainText(100)]
    public string? AiModel { get; init; }

    [PlainText(100)]
    public string? UserId { get; init; }
}

/// <summary>What the caller knows about the video; wins over what upstreams say.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubmissionMetadata
{
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

    [PlainText(35)]
    public string? Language { get; init; }

    /// <summary>Plain text or any subtitle format that POST /analyze/transcript reads.</summary>
    [PlainText(SubmissionRules.LongestTranscript)]
    public string? Transcript { get; init; }

    public static SubmittedMetadata? ToCore(SubmissionMetadata? sent) =>
        sent is null
            ? null
            : new SubmittedMetadata
            {
                Title = sent.Title,
                Description = sent.Description,
                Tags = sent.Tags?.OfType<string>().ToArray(),
                ChannelTitle = sent.ChannelTitle,
                DurationSeconds = sent.DurationSeconds,
                Language = sent.Language,
                Transcript = sent.Transcript,
            };
}
