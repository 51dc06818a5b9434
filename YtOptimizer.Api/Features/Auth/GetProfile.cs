using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

internal static class GetProfile
{
    private const string Sql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.id = @id";

    public static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<Account>(Sql, new { id = user.Id }, ct) is { } account
            ? TypedResults.Ok(UserView.Of(account))
            : Problems.Unauthorized("account_gone", "This account no longer exists.");
}
