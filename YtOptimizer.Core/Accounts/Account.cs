using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Core.Accounts;

/// <summary>One row of <c>profiles</c>.</summary>
public class Account
{
    public Guid Id { get; set; }

    /// <summary>Where mail goes. Compared by <see cref="EmailAddress.Key"/> only.</summary>
    public string Email { get; set; } = "";

    public string? Name { get; set; }

    public string Role { get; set; } = "user";

    public string? Picture { get; set; }

    public string Provider { get; set; } = "email";

    public string Status { get; set; } = "active";

    public bool AccountLocked { get; set; }

    public int TokenVersion { get; set; }

    public DateTime? EmailVerifiedAt { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Locked and inactive accounts may not sign in, refresh or use a token.</summary>
    public bool MaySignIn => !AccountLocked && Status == "active";
}

/// <summary>Creates accounts whole: profile, credentials and subscription row, in the caller's transaction.</summary>
public static class AccountStore
{
    public const string FillEmailKeySql = """
        UPDATE profiles SET email_key = @key
        WHERE id = @id AND email = @email AND email_key IS NULL AND NOT EXISTS (SELECT 1 FROM profiles o WHERE o.email_key = @key)
        """;

    public const string RoleSql =
        "UPDATE profiles SET role = @role, token_version = token_version + CASE WHEN role = @role THEN 0 ELSE 1 END WHERE id = @id";

    public const string UnlockSql = "UPDATE profiles SET account_locked = false, status = 'active' WHERE id = @id";

    public const string LockSql = "UPDATE profiles SET account_locked = true, token_version = token_version + 1 WHERE id = @id";

    // The statement's own condition keeps the last administrator.
    public const string DeleteSql = """
        WITH admins AS (SELECT id FROM profiles WHERE role = 'admin' AND status = 'active' AND NOT account_locked ORDER BY id FOR UPDATE)
        DELETE FROM profiles p WHERE p.id = @id AND (p.role <> 'admin' OR EXISTS (SELECT 1 FROM admins a WHERE a.id <> p.id))
        RETURNING p.email
        """;

    public const string ChangeSql = """
        UPDATE profiles SET email = @email, email_key = CASE WHEN email = @email THEN email_key ELSE @key END, name = @name, role = @role,
            picture = @picture, account_locked = @locked, status = @status,
               token_version = token_version + CASE WHEN @endSessions THEN 1 ELSE 0 END,
               email_verified_at = CASE WHEN email = @email THEN email_verified_at END
        WHERE id = @id
        """;

    /// <summary>The same password under newer parameters; nothing when it was changed meanwhile.</summary>
    public const string RehashSql = "UPDATE account_credentials SET password_hash = @hash WHERE user_id = @userId AND password_hash = @old";

    /// <summary>Only while the hash is still the one that was looked up.</summary>
    public const string BreachCountSql =
        "UPDATE account_credentials SET breach_count = @count WHERE user_id = @userId AND password_hash = @hash";

    public const string RenameSql = $"UPDATE profiles p SET name = @name WHERE p.id = @id RETURNING {Columns}";

    /// <summary>Notes a sign-in of account <c>@id</c>.</summary>
    public const string SignedInSql = "UPDATE profiles SET last_login = now() WHERE id = @id";

    public const string Columns =
        "p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, "
        + "p.created_at, p.updated_at";

    private const string InsertSql = $"""
        WITH created AS (
            INSERT INTO profiles (id, email, email_key, name, role, picture, provider, email_verified_at)
            VALUES (@id, @email, @key, @name, @role, @picture, @provider, CASE WHEN @verified THEN now() END)
            ON CONFLICT (email_key) DO NOTHING
            RETURNING *),
        subscribed AS ({SubscriptionStore.ForNewAccountSql})
        SELECT p.* FROM created p
        """;

    private const string CredentialsSql = """
        INSERT INTO account_credentials (user_id, password_hash) VALUES (@userId, @hash)
        ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, breach_count = NULL, changed_at = now()
        """;

    public sealed record NewAccount(
        string Email,
        string? Name,
        string Role = "user",
        string? Picture = null,
        string Provider = "email",
        bool EmailVerified = false
    );

    /// <summary>Null when the address already has an account.</summary>
    public static Task<Account?> CreateAsync(DbScope scope, NewAccount account) =>
        scope.FirstOrDefaultAsync<Account>(
            InsertSql,
            new
            {
                id = Guid.CreateVersion7(),
                email = EmailAddress.Stored(account.Email),
                key = EmailAddress.Key(account.Email),
                name = account.Name,
                role = account.Role,
                picture = account.Picture,
                provider = account.Provider,
                verified = account.EmailVerified,
            }
        );

    public static Task SetPasswordAsync(DbScope scope, Guid userId, string hash) =>
        scope.ExecuteAsync(CredentialsSql, new { userId, hash });

    /// <summary>Refuses every token of the account issued so far, on all instances. Returns the new version.</summary>
    public static Task<int> RaiseTokenVersionAsync(DbScope scope, Guid userId) =>
        scope.ScalarAsync<int>(
            "UPDATE profiles SET token_version = token_version + 1 WHERE id = @userId RETURNING token_version",
            new { userId }
        );
}
