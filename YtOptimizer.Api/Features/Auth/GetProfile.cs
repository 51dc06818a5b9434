using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>The signed-in account as the app shows it.</summary>
internal static class GetProfile
{
    private const string Sql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.id = @id";

    [Refuses(401, "account_gone")]
    public static async Task<IResult> Handle(CurrentUser user, Db db, RowCache cache, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var profile = cache.Find(RowCache.Profiles, user.Id)
            ?? await cache.ReadAsync(RowCache.Profiles, user.Id, () => ReadAsync(user.Id, db, json, ct));
        return profile is null ? Problems.Unauthorized("account_gone", "This account no longer exists.") : new JsonBody(profile);
    }

    private static async Task<byte[]?> ReadAsync(Guid id, Db db, IOptions<JsonOptions> json, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<Account>(Sql, new { id }, ct) is { } account
            ? JsonSerializer.SerializeToUtf8Bytes(UserView.Of(account), json.Value.SerializerOptions)
            : null;
}
