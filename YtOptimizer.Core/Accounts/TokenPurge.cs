using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;

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
        Sessions.PurgeSql,
        Sessions.PurgeIdleSql,
        RefreshTokens.PurgeSql,
        "DELETE FROM access_changes WHERE id IN (SELECT id FROM access_changes WHERE created_at < now() - interval '26 hours' "
            + "LIMIT @batch)",
        LoginAttempts.PurgeSql,
        PasswordResetTokens.PurgeSql,
        SocialSignIns.PurgeSql,
        MailOutbox.PurgeSql,
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
