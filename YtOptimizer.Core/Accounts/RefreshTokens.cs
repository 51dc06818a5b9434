using System.Buffers.Text;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Rotation without false sign-outs, in one statement. A successor is derived from the token it replaces (HMAC under a key that is not in
/// the database), so every concurrent caller, on any instance, gets the same one, and a lost answer can be repeated while the successor is
/// unused. Anything else that presents a spent token is reuse and ends the family.
/// </summary>
public sealed class RefreshTokens(Db db, AccountKeys keys, Sessions sessions, IOptions<AccountOptions> options)
{
    internal const string PurgeSql =
        "DELETE FROM refresh_tokens WHERE digest IN (SELECT t.digest FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE "
        + "t.created_at < now() - interval '31 days' AND t.generation < s.generation - 1 LIMIT @batch)";

    // Looks up and rotates at once. Compare and swap on the generation: of any number of concurrent callers exactly one rotates. A caller
    // that waited for the row meets its new state in the UPDATE's conditions, and sees it at the next look.
    private const string ExchangeSql = """
        WITH family AS MATERIALIZED (
            SELECT t.generation AS presented, s.id AS session_id, s.user_id, s.generation, s.revoked_at IS NOT NULL AS revoked,
                   s.idle_expires_at > now() AND s.expires_at > now() AS alive, now() - s.rotated_at <= @grace AS within_grace,
                   s.token_version = p.token_version AND NOT p.account_locked AND p.status = 'active' AS current,
                   p.email, p.role, p.token_version
            FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN profiles p ON p.id = s.user_id
            WHERE t.digest = @digest),
        rotated AS (
            UPDATE sessions s SET generation = s.generation + 1, rotated_at = now(), last_used_at = now(),
                   idle_expires_at = least(now() + @idle, s.expires_at), ip_address = coalesce(@address, s.ip_address)
            FROM family f
            WHERE s.id = f.session_id AND f.current AND s.token_version = f.token_version
              AND s.generation = f.presented AND s.revoked_at IS NULL AND s.expires_at > now() AND s.idle_expires_at > now()
            RETURNING s.id, s.generation),
        added AS (INSERT INTO refresh_tokens (digest, session_id, generation) SELECT @next, id, generation FROM rotated)
        SELECT f.*, EXISTS (SELECT 1 FROM rotated) AS rotated,
               (SELECT n.digest FROM refresh_tokens n WHERE n.session_id = f.session_id AND n.generation = f.presented + 1) AS successor
        FROM family f
        """;

    public enum Outcome
    {
        Refreshed,
        Invalid,
        Reused,
    }

    /// <summary>Exchanges a refresh token for a new pair.</summary>
    public async Task<(Outcome Outcome, TokenPair? Pair)> ExchangeAsync(string token, RequestOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(origin);
        if (Decode(token) is not { } presented)
        {
            return (Outcome.Invalid, null);
        }

        // A second look only after another caller rotated in between; the third is for a sign-out in that same moment.
        var next = keys.Current.Successor(presented);
        for (var look = 0; look < 3; look++)
        {
            if (await ExchangeAsync(presented, next, origin, ct) is not { Revoked: false, Alive: true, Current: true } family)
            {
                return (Outcome.Invalid, null);
            }

            var identity = new AccessIdentity(family.UserId, family.Email, family.Role, family.SessionId, family.TokenVersion);
            if (family.Rotated)
            {
                return (Outcome.Refreshed, sessions.Pair(identity, next));
            }

            if (family.Presented == family.Generation - 1 && family.WithinGrace && Successor(presented, family) is { } successor)
            {
                return (Outcome.Refreshed, sessions.Pair(identity, successor));
            }

            if (family.Presented != family.Generation)
            {
                await EndFamilyAsync(family, origin, ct);
                return (Outcome.Reused, null);
            }
        }

        return (Outcome.Invalid, null);
    }

    private static byte[]? Decode(string token)
    {
        if (!token.StartsWith(Sessions.RefreshPrefix, StringComparison.Ordinal) || token.Length > 64)
        {
            return null;
        }

        var buffer = new byte[48];
        return Base64Url.TryDecodeFromChars(token.AsSpan(Sessions.RefreshPrefix.Length), buffer, out var written) && written == 32
            ? buffer[..32]
            : null;
    }

    private async Task<Family?> ExchangeAsync(byte[] presented, byte[] next, RequestOrigin origin, CancellationToken ct)
    {
        foreach (var set in keys.All)
        {
            var family = await db.FirstOrDefaultAsync<Family>(
                ExchangeSql,
                new
                {
                    digest = set.Digest(presented),
                    next = keys.Current.Digest(next),
                    grace = options.Value.RefreshGrace,
                    idle = options.Value.RefreshTokenLifetime,
                    address = origin.Address,
                },
                ct
            );
            if (family is not null)
            {
                return family;
            }
        }

        return null;
    }

    // The instance that rotated may still have been signing with the previous key.
    private byte[]? Successor(byte[] presented, Family family) =>
        keys
            .All.Select(set => (Token: set.Successor(presented), Set: set))
            .Where(candidate => candidate.Set.Digest(candidate.Token).AsSpan().SequenceEqual(family.Successor))
            .Select(candidate => candidate.Token)
            .FirstOrDefault();

    private Task<bool> EndFamilyAsync(Family family, RequestOrigin origin, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                // Only the caller who ends the family reports it: one event, however many replays.
                if (await Sessions.RevokeAsync(scope, family.UserId, family.SessionId, "refresh_token_reuse") == 0)
                {
                    return false;
                }

                await SecurityEvents.RecordAsync(
                    scope,
                    family.UserId,
                    "suspicious_activity",
                    origin,
                    "high",
                    "failure",
                    new { reason = "refresh_token_reuse", sessionId = family.SessionId }
                );
                await MailOutbox.AddAsync(scope, family.UserId, family.Email, MailKinds.SuspiciousActivity, new { });
                return true;
            },
            ct
        );

    private sealed class Family
    {
        public int Presented { get; set; }

        public Guid SessionId { get; set; }

        public Guid UserId { get; set; }

        public bool Rotated { get; set; }

        public int Generation { get; set; }

        public bool Revoked { get; set; }

        public bool Alive { get; set; }

        public bool WithinGrace { get; set; }

        public bool Current { get; set; }

        public string Email { get; set; } = "";

        public string Role { get; set; } = "";

        public int TokenVersion { get; set; }

        public byte[]? Successor { get; set; }
    }
}
