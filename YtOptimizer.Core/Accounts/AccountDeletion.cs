using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Core.Accounts;

/// <summary>What became of the wish to delete an account.</summary>
public enum AccountDeletionOutcome
{
    Deleted,
    NotFound,

    /// <summary>Nobody could administer the installation any more.</summary>
    LastAdministrator,
}

/// <summary>
/// Deletes an account with everything of its own: rows go with it in one transaction, running jobs lose theirs and end, sessions end within
/// a second, its thumbnails follow. What stays is listed in docs/SECURITY.md, "What an account leaves behind".
/// </summary>
public sealed class AccountDeletion(Db db, AccessState access, FileStore files)
{
    private const string ThumbnailsSql = """
        SELECT substring(thumbnail_url FROM '/(thumbnails/[a-z0-9.]+)$') FROM audits
        WHERE user_id = @id AND thumbnail_url ~ '/thumbnails/[a-z0-9.]+$'
        """;

    public async Task<AccountDeletionOutcome> RunAsync(Guid id, Actor actor, RequestOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (outcome, thumbnails) = await db.InTransactionAsync(scope => DeleteAsync(scope, id, actor, origin), ct);
        await access.RefreshAsync(ct);
        foreach (var key in thumbnails)
        {
            await files.DeleteAsync(key);
        }

        return outcome;
    }

    private static async Task<(AccountDeletionOutcome Outcome, IReadOnlyList<string> Thumbnails)> DeleteAsync(
        DbScope scope,
        Guid id,
        Actor actor,
        RequestOrigin origin
    )
    {
        var thumbnails = await scope.QueryAsync<string>(ThumbnailsSql, new { id });
        if (await scope.ScalarAsync<string>(AccountStore.DeleteSql, new { id }) is not { } email)
        {
            var exists = await scope.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM profiles WHERE id = @id)", new { id });
            return (exists ? AccountDeletionOutcome.LastAdministrator : AccountDeletionOutcome.NotFound, []);
        }

        // Who deletes the own account is no longer there to be referred to.
        var by = actor.Id == id ? null : actor.Id;
        await AuditTrail.AppendAsync(
            scope,
            actor with
            {
                Id = by,
            },
            "delete_user",
            "user",
            id.ToString(),
            origin,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["email"] = email }
        );
        await UserLogs.WriteAsync(
            scope,
            by,
            "account_deletion",
            $"Account {id} was deleted",
            origin,
            "security",
            "warning",
            by is null ? null : actor.SessionId
        );
        await SecurityEvents.RecordAsync(
            scope,
            null,
            "account_delete",
            origin,
            "warning",
            metadata: new { by = actor.Id, userId = id },
            category: "account_management"
        );
        return (AccountDeletionOutcome.Deleted, thumbnails);
    }
}
