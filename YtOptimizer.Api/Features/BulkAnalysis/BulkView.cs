using System.ComponentModel.DataAnnotations;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Which page.</summary>
public sealed record BulkPaging([property: Range(1, 100_000)] int Page = 1, [property: Range(1, 100)] int Limit = 20)
{
    public int Skip => (Page - 1) * Limit;

    public long PagesOf(long total) => (total + Limit - 1) / Limit;
}

/// <summary>A bulk analysis and how it is doing, counted from its videos.</summary>
internal sealed record BulkView
{
    public const string Columns = """
        b.id, b.source, b.source_id, b.title, b.configuration ->> 'language' AS language, b.configuration ->> 'tone' AS tone,
        b.duplicates, b.beyond_limit, b.created_at, b.cancelled_at, b.finished_at,
        c.total, c.pending, c.processing, c.completed, c.failed, c.cancelled, c.refused, c.percent
        """;

    /// <summary>Joins the counts as c to the batches b. A video in the queue is as far as its job.</summary>
    public const string Counts = """
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE i.state <> 'refused')::int AS total,
                count(*) FILTER (WHERE i.state = 'waiting' OR (i.state = 'queued' AND q.status IS DISTINCT FROM 'processing'))::int
                    AS pending,
                count(*) FILTER (WHERE i.state = 'queued' AND q.status = 'processing')::int AS processing,
                count(*) FILTER (WHERE i.state = 'completed')::int AS completed,
                count(*) FILTER (WHERE i.state = 'failed')::int AS failed,
                count(*) FILTER (WHERE i.state = 'cancelled')::int AS cancelled,
                count(*) FILTER (WHERE i.state = 'refused')::int AS refused,
                COALESCE(floor(avg(CASE i.state WHEN 'waiting' THEN 0 WHEN 'queued' THEN COALESCE(q.progress, 0) ELSE 100 END)
                    FILTER (WHERE i.state <> 'refused')), 0)::int AS percent
            FROM bulk_analysis_items i LEFT JOIN job_queue q ON q.id = i.job_id AND i.state = 'queued'
            WHERE i.bulk_id = b.id
        ) c
        """;

    public Guid Id { get; init; }

    /// <summary>videos, playlist or channel.</summary>
    public string Source { get; init; } = "";

    /// <summary>The playlist's id; the channel's id, handle or user name.</summary>
    public string? SourceId { get; init; }

    public string Title { get; init; } = "";

    public string? Language { get; init; }

    public string? Tone { get; init; }

    /// <summary>pending, processing, completed, failed (not one video was analysed) or cancelled.</summary>
    public string Status =>
        Pending + Processing > 0 ? (Pending == Total ? JobStatus.Pending : JobStatus.Processing)
        : Cancelled > 0 ? JobStatus.Cancelled
        : Completed == 0 ? JobStatus.Failed
        : JobStatus.Completed;

    /// <summary>Videos that were taken; the next five numbers add up to it.</summary>
    public int Total { get; init; }

    public int Pending { get; init; }

    public int Processing { get; init; }

    public int Completed { get; init; }

    public int Failed { get; init; }

    public int Cancelled { get; init; }

    /// <summary>What of the request was no video to analyse.</summary>
    public int Refused { get; init; }

    /// <summary>Videos that came more than once and were taken once.</summary>
    public int Duplicates { get; init; }

    /// <summary>Videos of the playlist or channel that were not taken.</summary>
    public int BeyondLimit { get; init; }

    /// <summary>0 to 100, the mean of the videos; 100 only when all are done.</summary>
    public int Percent { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When its owner cancelled it.</summary>
    public DateTime? CancelledAt { get; init; }

    /// <summary>When it was seen that all is done, a moment after the last video.</summary>
    public DateTime? FinishedAt { get; init; }

    public string StatusUrl => BulkAccepted.UrlOf(Id);
}
