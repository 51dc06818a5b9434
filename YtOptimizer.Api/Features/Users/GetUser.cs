using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>An account as staff see it.</summary>
internal sealed record AdminUser(
    Guid Id,
    string Email,
    string Name,
    string Role,
    string Picture,
    string Provider,
    string Status,
    string AccountStatus,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    DateTime? LastActivity
);

/// <summary>One account with everything that staff see of it.</summary>
internal static class GetUser
{
    public const string Sql = $"""
        SELECT p.id, p.email, coalesce(p.name, '') AS name, p.role, coalesce(p.picture, '') AS picture, p.provider, s.status,
               CASE s.status WHEN 'suspended' THEN 'locked' ELSE s.status END AS account_status, p.created_at, p.updated_at,
               greatest(p.last_login, (SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = p.id)) AS last_activity
        FROM profiles p CROSS JOIN LATERAL (SELECT {UserStates.StatusSql} AS status) s
        WHERE p.id = @id
        """;

    [Refuses(404, "user_not_found")]
    public static async Task<Results<Ok<AdminUser>, ProblemHttpResult>> Handle(Guid id, Db db, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<AdminUser>(Sql, new { id }, ct) is { } user ? TypedResults.Ok(user) : NotFound();

    public static ProblemHttpResult NotFound() =>
        Problems.NotFound("user_not_found", "There is no account with this id. It may have been deleted; reload the list.");
}
