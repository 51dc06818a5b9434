using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <param name="Data">The rows of the page, newest first.</param>
/// <param name="Page">From 1 on.</param>
/// <param name="Limit">Rows per page.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="TotalPages">Pages in all.</param>
internal sealed record UserPage<T>(IReadOnlyList<T> Data, int Page, int Limit, long Total, long TotalPages);

/// <summary>What belongs to one account, in pages.</summary>
internal static class UserPages
{
    public sealed record Query([property: Range(1, 100_000)] int Page = 1, [property: Range(1, 100)] int Limit = 20);

    /// <param name="db">The database.</param>
    /// <param name="userId">Whose rows.</param>
    /// <param name="query">Which page.</param>
    /// <param name="countSql">Counts the rows of <c>@userId</c>.</param>
    /// <param name="sql">Reads them, newest first, with <c>@limit</c> and <c>@skip</c>.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Results<Ok<UserPage<T>>, ProblemHttpResult>> ReadAsync<T>(
        Db db,
        Guid userId,
        Query query,
        string countSql,
        string sql,
        CancellationToken ct
    )
    {
        var parameters = new
        {
            userId,
            limit = query.Limit,
            skip = (query.Page - 1) * query.Limit,
        };
        var total = await db.ScalarAsync<long>(countSql, parameters, ct);
        if (total == 0 && !await ExistsAsync(db, userId, ct))
        {
            return GetUser.NotFound();
        }

        return TypedResults.Ok(
            new UserPage<T>(
                await db.QueryAsync<T>(sql, parameters, ct),
                query.Page,
                query.Limit,
                total,
                (total + query.Limit - 1) / query.Limit
            )
        );
    }

    private static Task<bool> ExistsAsync(Db db, Guid userId, CancellationToken ct) =>
        db.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM profiles WHERE id = @userId)", new { userId }, ct);
}
