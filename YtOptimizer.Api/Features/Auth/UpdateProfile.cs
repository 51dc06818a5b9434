using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Changes the display name.</summary>
internal static class UpdateProfile
{
    public sealed record Request([property: AccountName] string? Name = null);

    private const string LockSql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.id = @id FOR NO KEY UPDATE";

    [Refuses(401, "account_gone")]
    public static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        RowCache cache,
        CancellationToken ct
    )
    {
        var name = request.Name?.Trim();
        var account = await db.InTransactionAsync(
            async scope =>
            {
                var before = await scope.FirstOrDefaultAsync<Account>(LockSql, new { id = user.Id });
                if (before is null || name is null || before.Name == name)
                {
                    return before;
                }

                var after = await scope.FirstOrDefaultAsync<Account>(AccountStore.RenameSql, new { id = user.Id, name });
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(user.Id, user.Email, user.Role, user.SessionId),
                    "update_own_profile",
                    "user_profile",
                    user.Id.ToString(),
                    context.Origin(),
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = before.Name },
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name }
                );
                return after;
            },
            ct
        );
        cache.Forget(RowCache.Profiles, user.Id);
        return account is null
            ? Problems.Unauthorized("account_gone", "This account no longer exists.")
            : TypedResults.Ok(UserView.Of(account));
    }
}
