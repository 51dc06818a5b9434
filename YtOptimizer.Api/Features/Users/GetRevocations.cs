using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What the first implementation called a token blacklist: sessions that were ended while access tokens of theirs may still be
/// alive.</summary>
internal static class GetRevocations
{
    public sealed record Entry(Guid SessionId, string? Reason, DateTime RevokedAt);

    public sealed record UserResponse(Guid UserId, IReadOnlyList<Entry> BlacklistedTokens, int Count);

    public sealed record StatsResponse(string Message, int TotalBlacklisted, DateTimeOffset Timestamp);

    private const string StatsSql = "SELECT count(*)::int FROM sessions WHERE revoked_at > now() - @lifetime";

    private const string UserSql =
        "SELECT id AS session_id, revoked_reason AS reason, revoked_at FROM sessions WHERE user_id = @userId AND revoked_at > now() - "
        + "@lifetime ORDER BY revoked_at DESC, id LIMIT 100";

    public static async Task<Ok<StatsResponse>> HandleStats(
        Db db,
        IOptions<AccountOptions> options,
        TimeProvider time,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            new StatsResponse(
                "Sessions ended within the lifetime of an access token.",
                await db.ScalarAsync<int>(StatsSql, new { lifetime = options.Value.AccessTokenLifetime }, ct),
                time.GetUtcNow()
            )
        );

    public static async Task<Ok<UserResponse>> HandleUser(Guid userId, Db db, IOptions<AccountOptions> options, CancellationToken ct)
    {
        var entries = await db.QueryAsync<Entry>(UserSql, new { userId, lifetime = options.Value.AccessTokenLifetime }, ct);
        return TypedResults.Ok(new UserResponse(userId, entries, entries.Count));
    }
}
