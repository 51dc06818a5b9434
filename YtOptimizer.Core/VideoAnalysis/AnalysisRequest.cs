using YtOptimizer.Core.AnalysisLogs;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What a job asks of the pipeline; the job's payload is this record as JSON. Holds no tokens and no file bytes.</summary>
public sealed record AnalysisRequest
{
    /// <summary>One of <see cref="AnalysisKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Canonical watch URL; null for transcripts and uploads.</summary>
    public string? Url { get; init; }

    public string? VideoId { get; init; }

    /// <summary>What the user sent about the video; wins over what upstreams say.</summary>
    public SubmittedMetadata? Metadata { get; init; }

    /// <summary>Plain text or a subtitle file.</summary>
    public string? Transcript { get; init; }

    /// <summary>Key of an uploaded file in the object store.</summary>
    public string? UploadKey { get; init; }

    /// <summary>The uploaded file's name and content type, for the transcription call and for people.</summary>
    public string? UploadName { get; init; }

    public string? UploadContentType { get; init; }

    /// <summary>Overrides of this request; saved preferences and defaults fill the rest.</summary>
    public string? Language { get; init; }

    public string? Tone { get; init; }
}

/// <summary>Metadata as a client sends it with a submission.</summary>
public sealed record SubmittedMetadata
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? ChannelTitle { get; init; }

    public int? DurationSeconds { get; init; }

    public string? Language { get; init; }

    /// <summary>Plain text or a subtitle file.</summary>
    public string? Transcript { get; init; }
}

public static class AnalysisKinds
{
    public const string Video = "video";
    public const string Transcript = "transcript";
    public const string Upload = "upload";

    /// <summary>The value of <c>video_analysis_logs.analysis_type</c>.</summary>
    /// <param name="kind">One of these.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public static string LogTypeOf(string kind) =>
        kind switch
        {
            Video => AnalysisLogTypes.Video,
            Transcript => AnalysisLogTypes.Transcript,
            Upload => AnalysisLogTypes.Upload,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of analysis."),
        };
}
