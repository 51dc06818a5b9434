using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>Settings of bulk analyses, section <c>BulkAnalysis</c> (environment: <c>BulkAnalysis__MaxVideos</c>, …).</summary>
public sealed class BulkOptions
{
    public const string Section = "BulkAnalysis";

    /// <summary>Videos that one request takes; of a longer playlist or channel the first.</summary>
    [Range(1, 500)]
    public int MaxVideos { get; set; } = 50;

    /// <summary>Jobs of one user's batches that are in the queue at once. Less than Jobs__UserDepth, so that a single analysis finds room
    /// while a batch runs.</summary>
    [Range(1, 1000)]
    public int QueuedPerUser { get; set; } = 10;

    /// <summary>Unfinished batches one user may have; more are refused with 429.</summary>
    [Range(1, 1000)]
    public int OpenPerUser { get; set; } = 10;

    /// <summary>Days that finished batches are kept. The analyses stay in the history.</summary>
    [Range(7, 3650)]
    public int RetentionDays { get; set; } = 90;
}
