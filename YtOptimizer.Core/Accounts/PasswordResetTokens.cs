namespace YtOptimizer.Core.Accounts;

/// <summary>Statements on <c>password_reset_tokens</c>: links that set a password once.</summary>
public static class PasswordResetTokens
{
    internal const string PurgeSql =
        "DELETE FROM password_reset_tokens WHERE id IN (SELECT id FROM password_reset_tokens WHERE expires_at < now() - interval '7 "
        + "days' LIMIT @batch)";

    public const string AddSql =
        "INSERT INTO password_reset_tokens (id, user_id, digest, expires_at) VALUES (@resetId, @userId, @digest, now() + @lifetime)";

    // Spends this link and every other one of the account.
    public const string SpendSql = """
        WITH spent AS (
            UPDATE password_reset_tokens SET used_at = now()
            WHERE id = @id AND digest = @digest AND used_at IS NULL AND expires_at > now() RETURNING user_id),
        others AS (
            UPDATE password_reset_tokens t SET used_at = now() FROM spent WHERE t.user_id = spent.user_id AND t.id <> @id
                AND t.used_at IS NULL)
        UPDATE profiles p SET email_verified_at = coalesce(p.email_verified_at, now()) FROM spent WHERE p.id = spent.user_id RETURNING p.id,
            p.email
        """;
}
