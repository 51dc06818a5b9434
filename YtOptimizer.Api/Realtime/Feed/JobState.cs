using System.Globalization;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>What clients see of a job, from a hint or from its row.</summary>
internal sealed record JobState
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Status { get; init; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }

    /// <summary>Short word for the step, such as <c>transcribing</c>.</summary>
    public string? Stage { get; init; }

    public int Version { get; init; }

    /// <summary>video, upload or transcript.</summary>
    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? Error { get; init; }

    public string? ErrorCode { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public DateTime At { get; init; }

    /// <summary>The audit row as JSON.</summary>
    public string? AuditJson { get; init; }

    /// <summary>Follows from the state, so that a repeated state is the same event.</summary>
    public string Event =>
        Status switch
        {
            JobStatus.Pending => JobEvent.Queued,
            JobStatus.Processing => Progress == 0 ? JobEvent.Started : JobEvent.Progress,
            JobStatus.Completed => JobEvent.Completed,
            JobStatus.Failed => JobEvent.Failed,
            _ => JobEvent.Cancelled,
        };

    /// <summary>For people.</summary>
    public string Message =>
        Status switch
        {
            JobStatus.Pending when Stage == "retrying" => "A service did not answer; the analysis goes on in a moment.",
            JobStatus.Pending => "Waiting for a free place.",
            JobStatus.Processing => string.Create(CultureInfo.InvariantCulture, $"{Words(Stage ?? "started")} ({Progress} %)"),
            JobStatus.Completed => "The analysis is done.",
            JobStatus.Failed => Error ?? "The analysis failed.",
            _ => "The analysis was cancelled.",
        };

    private static string Words(string stage) => char.ToUpperInvariant(stage[0]) + stage[1..].Replace('_', ' ').Replace('-', ' ');
}
