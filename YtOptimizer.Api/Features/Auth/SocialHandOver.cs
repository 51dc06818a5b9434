using System.Buffers.Text;
using System.Security.Cryptography;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// The one-time code in the address of the single-page app after a sign-in at a provider: 60 s, exchanged once, in place of a refresh
/// token. The session comes into being with the exchange, so nothing that was ever in an address is a credential afterwards.
/// </summary>
internal sealed class SocialHandOver(Db db, Sessions sessions)
{
    /// <summary>Tells the code from a refresh token.</summary>
    public const string Prefix = "ytc_";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const int CodeBytes = 32;

    private const string AddSql =
        "INSERT INTO social_hand_overs (code_digest, user_id, provider, expires_at) VALUES (@digest, @userId, @provider, now() + "
        + "@lifetime)";

    private const string TakeSql =
        "DELETE FROM social_hand_overs WHERE code_digest = @digest RETURNING user_id, provider, expires_at > now() AS alive";

    private const string AccountSql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.id = @userId FOR UPDATE";

    public static async Task<string> AddAsync(DbScope scope, Guid userId, string provider)
    {
        var code = RandomNumberGenerator.GetBytes(CodeBytes);
        await scope.ExecuteAsync(
            AddSql,
            new
            {
                digest = SHA256.HashData(code),
                userId,
                provider,
                lifetime = Lifetime,
            }
        );
        return Prefix + Base64Url.EncodeToString(code);
    }

    /// <summary>Tokens of a new session, or null: unknown, spent or expired code, or an account that may not sign in any more.</summary>
    public async Task<TokenPair?> ExchangeAsync(string code, RequestOrigin origin, CancellationToken ct)
    {
        var bytes = new byte[CodeBytes + 1];
        if (code.Length > 64 || !Base64Url.TryDecodeFromChars(code.AsSpan(Prefix.Length), bytes, out var written) || written != CodeBytes)
        {
            return null;
        }

        var digest = SHA256.HashData(bytes.AsSpan(0, CodeBytes));
        return await db.InTransactionAsync(
            async scope =>
            {
                if (
                    await scope.FirstOrDefaultAsync<Taken>(TakeSql, new { digest }) is not { Alive: true } taken
                    || await scope.FirstOrDefaultAsync<Account>(AccountSql, new { taken.UserId }) is not { MaySignIn: true } account
                )
                {
                    return null;
                }

                var pair = await sessions.OpenAsync(scope, account, origin, taken.Provider);
                await scope.ExecuteAsync(AccountStore.SignedInSql, new { id = taken.UserId });
                await SecurityEvents.RecordAsync(scope, account.Id, "login", origin, metadata: new { provider = taken.Provider });
                await UserLogs.WriteAsync(
                    scope,
                    account.Id,
                    "user_login",
                    $"Signed in with {taken.Provider}",
                    origin,
                    sessionId: pair.SessionId
                );
                return pair;
            },
            ct
        );
    }

    private sealed record Taken(Guid UserId, string Provider, bool Alive);
}
