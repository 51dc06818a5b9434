using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What an account did and what was done to it, newest first. Addresses are in the security log, for administrators.</summary>
internal static class ListUserActivity
{
    /// <param name="Id">Of the log row.</param>
    /// <param name="LogType">activity, error, security or audit.</param>
    /// <param name="ActivityType">For example user_login.</param>
    /// <param name="Description">One sentence.</param>
    /// <param name="Severity">info, warning, error or critical.</param>
    /// <param name="CreatedAt">UTC.</param>
    public sealed record Item(Guid Id, string LogType, string ActivityType, string Description, string Severity, DateTime CreatedAt);

    private const string Sql = """
        SELECT id, log_type, activity_type, description, severity, created_at FROM user_logs
        WHERE user_id = @userId ORDER BY created_at DESC, id LIMIT @limit OFFSET @skip
        """;

    public static Task<Results<Ok<UserPage<Item>>, ProblemHttpResult>> Handle(
        Guid id,
        [AsParameters] UserPages.Query query,
        Db db,
        CancellationToken ct
    ) => UserPages.ReadAsync<Item>(db, id, query, "SELECT count(*) FROM user_logs WHERE user_id = @userId", Sql, ct);
}
