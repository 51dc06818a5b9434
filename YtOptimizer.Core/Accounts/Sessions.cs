using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>What a sign-in or a refresh hands out. <paramref name="SessionCookie"/> is stable for the life of the session.</summary>
public sealed record TokenPair(string AccessToken, string RefreshToken, int ExpiresIn, Guid SessionId, string SessionCookie);

/// <summary>Opens and closes sessions. Refresh tokens are <see cref="RefreshTokens"/>'.</summary>
public sealed class Sessions(AccountKeys keys, AccessTokens accessTokens, IOptions<AccountOptions> options)
{
    internal const string PurgeIdleSql =
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE revoked_at IS NULL AND idle_expires_at < now() - interval '30 "
        + "days' LIMIT @batch)";

    internal const string PurgeSql =
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE least(expires_at, coalesce(revoked_at, expires_at)) < now() - "
        + "interval '30 days' LIMIT @batch)";

    /// <summary>The session that changed the password goes on under the new token version.</summary>
    public const string KeepSql =
        "UPDATE sessions SET token_version = @version WHERE id = @sessionId AND user_id = @userId AND revoked_at IS NULL";

    /// <summary>Marks refresh tokens, so that secret scanners and people recognise one.</summary>
    public const string RefreshPrefix = "ytr_";

    private const int TokenBytes = 32;

    private const string OpenSql = """
        WITH opened AS (
            INSERT INTO sessions (id, user_id, token_version, auth_method, idle_expires_at, expires_at, ip_address, user_agent)
            VALUES (@sessionId, @userId, @tokenVersion, @method, now() + @idle, now() + @absolute, @address, @userAgent))
        INSERT INTO refresh_tokens (digest, session_id, generation) VALUES (@digest, @sessionId, 0)
        """;

    private const string RevokeSql = """
        UPDATE sessions SET revoked_at = now(), revoked_reason = @reason
        WHERE user_id = @userId AND (@sessionId IS NULL OR id = @sessionId) AND (@keep IS NULL OR id <> @keep)
          AND revoked_at IS NULL AND expires_at > now() AND idle_expires_at > now()
        """;

    /// <summary>Opens a session. With <paramref name="firstUseWithin"/> its refresh token must be exchanged within that time, or the
    /// session lapses.</summary>
    public async Task<TokenPair> OpenAsync(
        DbScope scope,
        Account account,
        RequestOrigin origin,
        string method = "password",
        TimeSpan? firstUseWithin = null
    )
    {
        ArgumentNullException.ThrowIfNull(scope);
        var sessionId = Guid.CreateVersion7();
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        await scope.ExecuteAsync(
            OpenSql,
            new
            {
                sessionId,
                userId = account.Id,
                tokenVersion = account.TokenVersion,
                method,
                idle = firstUseWithin ?? options.Value.RefreshTokenLifetime,
                absolute = options.Value.SessionAbsoluteLifetime,
                address = origin.Address,
                userAgent = origin.UserAgent,
                digest = keys.Current.Digest(token),
            }
        );
        return Pair(new AccessIdentity(account.Id, account.Email, account.Role, sessionId, account.TokenVersion), token, firstUseWithin);
    }

    /// <summary>Ends one session, or with a null <paramref name="sessionId"/> all of the account but <paramref name="keep"/>. Returns how
    /// many.</summary>
    public static Task<int> RevokeAsync(DbScope scope, Guid userId, Guid? sessionId, string reason, Guid? keep = null) =>
        scope.ExecuteAsync(
            RevokeSql,
            new
            {
                userId,
                sessionId,
                reason,
                keep,
            }
        );

    internal TokenPair Pair(AccessIdentity identity, byte[] refreshToken, TimeSpan? shorter = null)
    {
        var (access, expiresIn) = accessTokens.Issue(identity, shorter);
        return new TokenPair(
            access,
            RefreshPrefix + Base64Url.EncodeToString(refreshToken),
            expiresIn,
            identity.SessionId,
            Cookie(keys.Current, identity.SessionId)
        );
    }

    internal static string Cookie(AccountKeys.KeySet keys, Guid sessionId) =>
        Base64Url.EncodeToString([.. sessionId.ToByteArray(), .. keys.SessionCookie(sessionId)]);
}
