using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>The caller's bulk analyses, newest first.</summary>
internal static class ListBulk
{
    /// <param name="Data">The page.</param>
    /// <param name="Page">From 1 on.</param>
    /// <param name="Limit">Rows per page.</param>
    /// <param name="Total">Rows in all.</param>
    /// <param name="TotalPages">Pages in all.</param>
    public sealed record Response(IReadOnlyList<BulkView> Data, int Page, int Limit, long Total, long TotalPages);

    private const string CountSql = "SELECT count(*) FROM bulk_analyses WHERE user_id = @userId";

    private const string Sql = $"""
        SELECT {BulkView.Columns}
        FROM (SELECT * FROM bulk_analyses WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip) b
        {BulkView.Counts}
        ORDER BY b.created_at DESC, b.id DESC
        """;

    public static async Task<Ok<Response>> Handle([AsParameters] BulkPaging paging, CurrentUser user, Db db, CancellationToken ct)
    {
        var parameters = new
        {
            userId = user.Id,
            limit = paging.Limit,
            skip = paging.Skip,
        };
        var total = await db.ScalarAsync<long>(CountSql, parameters, ct);
        var rows = total == 0 ? [] : await db.QueryAsync<BulkView>(Sql, parameters, ct);
        return TypedResults.Ok(new Response(rows, paging.Page, paging.Limit, total, paging.PagesOf(total)));
    }
}
