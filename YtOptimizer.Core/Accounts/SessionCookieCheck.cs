using System.Buffers.Text;
using System.Security.Cryptography;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Reads the cookie that identifies a WebSocket handshake. It names a session and proves it with a keyed digest; the session and
/// its account are then looked up, so a signed-out or locked user is refused at once. Callers check the Origin header first.
/// </summary>
public sealed class SessionCookieCheck(Db db, AccountKeys keys)
{
    public const string Name = "yto_session";

    private const string Sql = """
        SELECT p.id AS user_id, p.email, p.role, s.id AS session_id, p.token_version
        FROM sessions s JOIN profiles p ON p.id = s.user_id
        WHERE s.id = @id AND s.revoked_at IS NULL AND s.expires_at > now() AND s.idle_expires_at > now()
          AND s.token_version = p.token_version AND NOT p.account_locked AND p.status = 'active'
        """;

    /// <summary>Null when the cookie is forged or its session is over.</summary>
    public async Task<AccessIdentity?> ReadAsync(string cookie, CancellationToken ct)
    {
        var bytes = new byte[64];
        if (cookie is not { Length: > 0 and <= 80 } || !Base64Url.TryDecodeFromChars(cookie, bytes, out var written) || written != 48)
        {
            return null;
        }

        var sessionId = new Guid(bytes.AsSpan(0, 16));
        var proven = keys.All.Any(set => CryptographicOperations.FixedTimeEquals(set.SessionCookie(sessionId), bytes.AsSpan(16, 32)));
        return proven ? await db.FirstOrDefaultAsync<AccessIdentity>(Sql, new { id = sessionId }, ct) : null;
    }
}
