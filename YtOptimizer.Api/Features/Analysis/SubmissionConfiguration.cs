using System.Text.Json.Serialization;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>How an analysis is to be made. Unknown fields are refused; <c>model</c>, <c>aiModel</c> and <c>userId</c> are accepted from
/// older clients and not used.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SubmissionConfiguration
{
    /// <summary>A YouTube video's address or its id.</summary>
    public string? Url { get; init; }

    /// <summary>Language of the suggestions, as a name or code; free text up to 50 characters.</summary>
    public string? Language { get; init; }

    /// <summary>Tone of the suggestions; free text up to 100 characters.</summary>
    public string? Tone { get; init; }

    public string? Model { get; init; }

    public string? AiModel { get; init; }

    public string? UserId { get; init; }
}

/// <summary>What the caller knows about the video; wins over what upstreams say.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SubmissionMetadata
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string?>? Tags { get; init; }

    public string? ChannelTitle { get; init; }

    public int? DurationSeconds { get; init; }

    public string? Language { get; init; }

    /// <summary>Plain text, SRT or WebVTT.</summary>
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
