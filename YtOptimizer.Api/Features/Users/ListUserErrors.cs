using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>The errors that an account met, newest first.</summary>
internal static class ListUserErrors
{
    /// <param name="Id">Names the error to resolve.</param>
    /// <param name="ErrorCode">Stable, when there is one.</param>
    /// <param name="ErrorType">For example ValidationError.</param>
    /// <param name="Message">Without secrets.</param>
    /// <param name="Severity">warning, error or critical.</param>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Method">HTTP method.</param>
    /// <param name="StatusCode">What was answered.</param>
    /// <param name="RequestId">The correlation id.</param>
    /// <param name="Resolved">True when somebody dealt with it.</param>
    /// <param name="CreatedAt">UTC.</param>
    public sealed record Item(
        Guid Id,
        string? ErrorCode,
        string ErrorType,
        string Message,
        string Severity,
        string? Endpoint,
        string? Method,
        int? StatusCode,
        string? RequestId,
        bool Resolved,
        DateTime CreatedAt
    );

    private const string Sql = """
        SELECT id, error_code, error_type, message, severity, endpoint, method, status_code, request_id,
            coalesce(resolved, false) AS resolved, created_at
        FROM error_logs WHERE user_id = @userId ORDER BY created_at DESC, id LIMIT @limit OFFSET @skip
        """;

    public static Task<Results<Ok<UserPage<Item>>, ProblemHttpResult>> Handle(
        Guid id,
        [AsParameters] UserPages.Query query,
        Db db,
        CancellationToken ct
    ) => UserPages.ReadAsync<Item>(db, id, query, "SELECT count(*) FROM error_logs WHERE user_id = @userId", Sql, ct);
}
