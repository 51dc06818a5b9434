namespace YtOptimizer.Core.Accounts;

/// <summary>Statements on <c>social_sign_ins</c>: sign-ins that wait for a provider to send the browser back.</summary>
public static class SocialSignIns
{
    internal const string PurgeSql =
        "DELETE FROM social_sign_ins WHERE state_digest IN (SELECT state_digest FROM social_sign_ins WHERE expires_at < now() "
        + "LIMIT @batch)";

    public const string AddSql = """
        INSERT INTO social_sign_ins (state_digest, provider, code_verifier, nonce, expires_at)
        VALUES (@digest, @provider, @verifier, @nonce, now() + @lifetime)
        """;

    public const string TakeSql = """
        DELETE FROM social_sign_ins WHERE state_digest = @digest AND provider = @provider RETURNING code_verifier, nonce,
            expires_at > now() AS alive
        """;
}
