using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What administrators wrote down about an account, newest first; the account does not see it.</summary>
internal static class ListNotes
{
    /// <param name="Id">Of the note.</param>
    /// <param name="Note">Its text.</param>
    /// <param name="AuthorId">Who wrote it; null when that account is gone.</param>
    /// <param name="AuthorEmail">The author's address.</param>
    /// <param name="CreatedAt">UTC.</param>
    public sealed record Item(Guid Id, string Note, Guid? AuthorId, string? AuthorEmail, DateTime CreatedAt);

    private const string Sql = """
        SELECT n.id, n.note, n.author_id, a.email AS author_email, n.created_at
        FROM admin_notes n LEFT JOIN profiles a ON a.id = n.author_id
        WHERE n.user_id = @userId ORDER BY n.created_at DESC, n.id LIMIT @limit OFFSET @skip
        """;

    public static Task<Results<Ok<UserPage<Item>>, ProblemHttpResult>> Handle(
        Guid id,
        [AsParameters] UserPages.Query query,
        Db db,
        CancellationToken ct
    ) => UserPages.ReadAsync<Item>(db, id, query, "SELECT count(*) FROM admin_notes WHERE user_id = @userId", Sql, ct);
}
