namespace YtOptimizer.Api.Features.Auth;

/// <summary>Rows of an account in one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Owner">The column that holds the account's id.</param>
/// <param name="Secret">Columns left out of the export: hashes, keys, what the queue needs for itself, notes of
/// administrators.</param>
internal sealed record AccountTable(string Name, string Owner = "user_id", params string[] Secret);

/// <summary>
/// Every table with rows of accounts: what the export holds, and what it leaves out and why. A table that refers to accounts and is in
/// neither list fails a test.
/// </summary>
internal static class AccountTables
{
    public static IReadOnlyList<AccountTable> Exported { get; } =
    [
        new("profiles", "id", "token_version", "email_key"),
        new("user_identities"),
        new("sessions", Secret: ["token_seed", "token_version", "generation"]),
        new("user_subscriptions"),
        new("billing_history"),
        new("payment_methods"),
        new("promo_code_usage"),
        new("invitation_usage"),
        new("invitations", "created_by", "email_key"),
        new("user_content_preferences"),
        new("user_onboarding"),
        new("audits"),
        new("channel_videos"),
        new("channel_title_tests"),
        new("bulk_analyses"),
        new("bulk_analysis_items"),
        new("job_queue", Secret: ["request_hash", "lease_token", "lease_until", "locked_by", "error_stack", "claim_rank"]),
        new("video_analysis_logs"),
        new("quota_reservations"),
        new("quota_bonuses", Secret: ["granted_by"]),
        new("user_token_usage"),
        new("llm_calls", Secret: ["run_key"]),
        new("notifications"),
        new("user_feedbacks", Secret: ["admin_notes"]),
        new("feature_requests", Secret: ["admin_notes", "admin_priority"]),
        new("feature_votes"),
        new("usage_events"),
        new("user_logs", Secret: ["stack_trace"]),
        new("error_logs", Secret: ["stack_trace", "resolution_notes"]),
        new("api_request_logs"),
        new("security_events"),
        new("audit_trail", "actor_id"),
    ];

    /// <summary>Table and column, and why its rows are not in the export.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account_credentials.user_id"] = "the hash of the password",
            ["password_reset_tokens.user_id"] = "digests of links that were mailed",
            ["social_hand_overs.user_id"] = "digests of codes of one minute",
            ["access_changes.user_id"] = "which tokens are no longer taken, for some minutes",
            ["mail_outbox.user_id"] = "messages on their way, with their links",
            ["idempotency_keys.user_id"] = "repeats answers that the jobs hold",
            ["quota_bonuses.granted_by"] = "which administrator gave a bonus",
            ["admin_notes.user_id"] = "what administrators noted for each other",
            ["admin_notes.author_id"] = "what an administrator noted about others",
            ["promo_codes.created_by"] = "the installation's, not its administrator's",
            ["job_lanes.user_id"] = "the turn in the queue",
            ["user_logs.resolved_by"] = "what an administrator worked off about others",
            ["error_logs.resolved_by"] = "what an administrator worked off about others",
        };
}
