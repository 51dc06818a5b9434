using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>Deletes what no decision depends on any more: sessions long over, spent tokens, old counters, mail that is done. In batches,
/// oldest first.</summary>
public sealed class TokenPurge(Db db)
{
    private const int Batch = 5_000;

    // access_changes must outlive the longest access token (24 h); spent refresh tokens the longest idle time (30 days), so that reuse is
    // still recognised.
    private static readonly string[] Statements =
    [
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE least(expires_at, coalesce(revoked_at, expires_at)) < now() - "
            + "interval '30 days' LIMIT @batch)",
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE revoked_at IS NULL AND idle_expires_at < now() - interval '30 "
            + "days' LIMIT @batch)",
        "DELETE FROM refresh_tokens WHERE digest IN (SELECT t.digest FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE "
            + "t.created_at < now() - interval '31 days' AND t.generation < s.generation - 1 LIMIT @batch)",
        "DELETE FROM access_changes WHERE id IN (SELECT id FROM access_changes WHERE created_at < now() - interval '26 hours' "
            + "LIMIT @batch)",
        "DELETE FROM login_attempts WHERE email_digest IN (SELECT email_digest FROM login_attempts WHERE updated_at < now() - interval "
            + "'30 days' LIMIT @batch)",
        "DELETE FROM password_reset_tokens WHERE id IN (SELECT id FROM password_reset_tokens WHERE expires_at < now() - interval '7 "
            + "days' LIMIT @batch)",
        "DELETE FROM social_sign_ins WHERE state_digest IN (SELECT state_digest FROM social_sign_ins WHERE expires_at < now() "
            + "LIMIT @batch)",
        "DELETE FROM mail_outbox WHERE id IN (SELECT id FROM mail_outbox WHERE coalesce(sent_at, failed_at, expires_at) < now() - "
            + "interval '7 days' LIMIT @batch)",
    ];

    /// <summary>Returns how many rows went.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        foreach (var statement in Statements)
        {
            int deleted;
            do
            {
                deleted = await db.ExecuteAsync(statement, new { batch = Batch }, ct, timeoutSeconds: 60);
                total += deleted;
            } while (deleted == Batch);
        }

        return total;
    }
}
