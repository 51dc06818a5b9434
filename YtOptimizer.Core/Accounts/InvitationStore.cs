namespace YtOptimizer.Core.Accounts;

/// <summary>Statements on <c>invitations</c> and their uses.</summary>
public static class InvitationStore
{
    public const string DeleteSql = "DELETE FROM invitations WHERE id = @id";

    public const string FillEmailKeySql = "UPDATE invitations SET email_key = @key WHERE id = @id AND email = @email";

    public const string AddSql = """
        INSERT INTO invitations (id, code, email, email_key, max_uses, created_by, expires_at, metadata)
        VALUES (@id, @code, @email, @key, @maxUses, @createdBy, now() + make_interval(days => @days), @metadata::jsonb)
        RETURNING id, code, email, max_uses, expires_at
        """;

    public const string UseSql = """
        UPDATE invitations SET current_uses = current_uses + 1
        WHERE code = @code AND current_uses < max_uses AND (expires_at IS NULL OR expires_at > now()) AND (email IS NULL
            OR email_key = @key)
        RETURNING id
        """;

    public const string RecordUseSql = "INSERT INTO invitation_usage (invitation_id, user_id) VALUES (@invitation, @userId)";
}
