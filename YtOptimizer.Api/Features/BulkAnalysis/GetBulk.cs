using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>A bulk analysis with a page of its videos, in their order. Poll every few seconds while it is pending or processing.</summary>
internal static class GetBulk
{
    /// <summary>A video of the request, or what was sent in its place.</summary>
    public sealed record Item
    {
        /// <summary>From 1, as sent or listed.</summary>
        public int Position { get; init; }

        /// <summary>What was sent, at most 200 characters.</summary>
        public string Input { get; init; } = "";

        public string? VideoId { get; init; }

        /// <summary>Of the video's job, for the endpoints of jobs: known to them once it is in the queue. Null when refused.</summary>
        public Guid? JobId { get; init; }

        /// <summary>pending, processing, completed, failed, cancelled or refused.</summary>
        public string Status { get; init; } = "";

        /// <summary>0 to 100.</summary>
        public int Progress { get; init; }

        /// <summary>The analysis in the history, once it is completed.</summary>
        public Guid? AuditId { get; init; }

        public string? Title { get; init; }

        /// <summary>0 to 100.</summary>
        public int? Score { get; init; }

        public string? ErrorCode { get; init; }

        public string? Error { get; init; }
    }

    /// <param name="Bulk">The whole.</param>
    /// <param name="Items">The page.</param>
    /// <param name="Page">From 1 on.</param>
    /// <param name="Limit">Items per page.</param>
    /// <param name="TotalItems">Items in all, refused ones included.</param>
    /// <param name="TotalPages">Pages in all.</param>
    public sealed record Response(BulkView Bulk, IReadOnlyList<Item> Items, int Page, int Limit, long TotalItems, long TotalPages);

    private const string BulkSql = $"""
        SELECT {BulkView.Columns} FROM bulk_analyses b {BulkView.Counts} WHERE b.id = @id AND b.user_id = @userId
        """;

    private const string ItemsSql = """
        SELECT i.position, i.input, i.video_id, i.job_id,
            CASE i.state WHEN 'waiting' THEN 'pending' WHEN 'queued' THEN COALESCE(q.status, 'pending') ELSE i.state END AS status,
            CASE i.state WHEN 'waiting' THEN 0 WHEN 'queued' THEN COALESCE(q.progress, 0) WHEN 'completed' THEN 100 ELSE 0 END AS progress,
            a.id AS audit_id, a.video_title AS title, a.score, i.error_code, i.error_message AS error
        FROM bulk_analysis_items i
        LEFT JOIN job_queue q ON q.id = i.job_id AND i.state = 'queued'
        LEFT JOIN audits a ON a.job_id = i.job_id AND i.state = 'completed'
        WHERE i.bulk_id = @id ORDER BY i.position LIMIT @limit OFFSET @skip
        """;

    [Refuses(404, "bulk_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        [AsParameters] BulkPaging paging,
        CurrentUser user,
        Db db,
        CancellationToken ct
    )
    {
        if (await db.FirstOrDefaultAsync<BulkView>(BulkSql, new { id, userId = user.Id }, ct) is not { } bulk)
        {
            return NotFound();
        }

        var items = await db.QueryAsync<Item>(
            ItemsSql,
            new
            {
                id,
                limit = paging.Limit,
                skip = paging.Skip,
            },
            ct
        );
        var total = bulk.Total + bulk.Refused;
        return TypedResults.Ok(new Response(bulk, items, paging.Page, paging.Limit, total, paging.PagesOf(total)));
    }

    public static ProblemHttpResult NotFound() => Problems.NotFound("bulk_not_found", "No bulk analysis with this id belongs to you.");
}
