using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What an administrator changes about an account, and why; null leaves a field as it is.</summary>
internal sealed record ChangedFields(
    string? Email = null,
    string? Name = null,
    string? Role = null,
    string? Picture = null,
    (bool Locked, string Status)? State = null,
    string? Reason = null
);

/// <summary>
/// The one way in which administrators change accounts: the rows are locked, the last administrator is protected, rights that shrink
/// or move end the account's sessions, and who changed what is written in the same transaction.
/// </summary>
internal sealed class AccountChange(Db db, AccessState access, RowCache rows)
{
    // The account and all administrators, in one order: two of them who demote each other wait for one another, and the second finds itself
    // demoted
    // or the last. Everybody in two statements would be two orders, and a deadlock.
    private const string LockSql = $"""
        SELECT {AccountStore.Columns} FROM profiles p
        WHERE p.id = @id OR (p.role = 'admin' AND p.status = 'active' AND NOT p.account_locked) ORDER BY p.id FOR UPDATE
        """;

    public async Task<ProblemHttpResult?> ApplyAsync(
        Guid id,
        ChangedFields fields,
        CurrentUser admin,
        HttpContext context,
        string action,
        CancellationToken ct
    )
    {
        ProblemHttpResult? problem;
        try
        {
            problem = await db.InTransactionAsync(scope => ApplyAsync(scope, id, fields, admin, context, action), ct);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Problems.Conflict("email_taken", "Another account has this e-mail address.");
        }

        rows.Forget(RowCache.Profiles, id);
        await access.RefreshAsync(ct);
        return problem;
    }

    private static async Task<ProblemHttpResult?> ApplyAsync(
        DbScope scope,
        Guid id,
        ChangedFields fields,
        CurrentUser admin,
        HttpContext context,
        string action
    )
    {
        var locks = await scope.QueryAsync<Account>(LockSql, new { id });
        if (locks.FirstOrDefault(account => account.Id == id) is not { } before)
        {
            return GetUser.NotFound();
        }

        var (locked, status) = fields.State ?? (before.AccountLocked, before.Status);
        var role = fields.Role ?? before.Role;
        if (before is { Role: "admin", MaySignIn: true } && (role != "admin" || locked || status != "active") && locks.Count == 1)
        {
            return Problems.Conflict("last_admin", "This is the last administrator. Make somebody else one first.");
        }

        if (id == admin.Id && (locked || status != "active"))
        {
            return Problems.Conflict("own_account", "You cannot suspend your own account. Another administrator can.");
        }

        var after = new ChangedFields(
            fields.Email ?? before.Email,
            fields.Name ?? before.Name,
            role,
            fields.Picture ?? before.Picture,
            (locked, status)
        );
        var changes = Changes(before, after);
        if (changes.Count == 0)
        {
            return null;
        }

        var endSessions = role != before.Role || locked != before.AccountLocked || status != before.Status || after.Email != before.Email;
        await scope.ExecuteAsync(
            AccountStore.ChangeSql,
            new
            {
                id,
                email = after.Email,
                key = EmailAddress.Key(after.Email!),
                name = after.Name,
                role,
                picture = after.Picture,
                locked,
                status,
                endSessions,
            }
        );
        var origin = context.Origin();
        var what = $"Account {id} was changed: {string.Join(", ", changes.Select(c => c.Field))}";
        await new AdminAction(action, "user", id.ToString(), what)
        {
            Before = changes.ToDictionary(c => c.Field, c => c.Old, StringComparer.Ordinal),
            After = changes.ToDictionary(c => c.Field, c => c.New, StringComparer.Ordinal),
            Reason = fields.Reason,
        }.RecordAsync(scope, admin.ToActor(), origin);
        await SecurityEvents.RecordAsync(
            scope,
            id,
            locked && !before.AccountLocked ? "account_lockout"
                : !locked && before.AccountLocked ? "account_unlock"
                : "account_update",
            origin,
            metadata: new { by = admin.Id, fields = changes.Select(c => c.Field) },
            category: "account_management"
        );
        return null;
    }

    private static List<(string Field, object? Old, object? New)> Changes(Account before, ChangedFields after)
    {
        (string Field, object? Old, object? New)[] all =
        [
            ("email", before.Email, after.Email),
            ("name", before.Name, after.Name),
            ("role", before.Role, after.Role),
            ("picture", before.Picture, after.Picture),
            ("account_locked", before.AccountLocked, after.State!.Value.Locked),
            ("status", before.Status, after.State.Value.Status),
        ];
        return [.. all.Where(c => !Equals(c.Old, c.New))];
    }
}
