namespace YtOptimizer.Core.Auditing;

/// <summary>The vocabulary of <c>security_events.event_type</c>.</summary>
public static class SecurityEventTypes
{
    public const string Login = "login";

    /// <summary>One row per failed sign-in, with the address: the runbook counts these.</summary>
    public const string FailedLogin = "failed_login";
    public const string Logout = "logout";
    public const string LogoutAll = "logout_all";
    public const string TokenRefresh = "token_refresh";
    public const string TokenBlacklist = "token_blacklist";
    public const string PasswordChange = "password_change";
    public const string PasswordResetRequest = "password_reset_request";
    public const string PasswordResetComplete = "password_reset_complete";
    public const string AccountRegister = "account_register";
    public const string AccountUpdate = "account_update";
    public const string AccountDelete = "account_delete";
    public const string AccountLockout = "account_lockout";
    public const string AccountUnlock = "account_unlock";
    public const string SessionCreate = "session_create";
    public const string SessionUpdate = "session_update";
    public const string SessionDelete = "session_delete";
    public const string SessionRevoke = "session_revoke";
    public const string ApiAccess = "api_access";
    public const string AdminAccess = "admin_access";
    public const string DataAccess = "data_access";
    public const string DataExport = "data_export";
    public const string DataDelete = "data_delete";
    public const string FeedbackSubmitted = "feedback_submitted";
    public const string FeatureRequested = "feature_requested";
    public const string FeatureUsed = "feature_used";
    public const string SuspiciousActivity = "suspicious_activity";
    public const string SecurityBreach = "security_breach";
    public const string BruteForceAttempt = "brute_force_attempt";
    public const string UnauthorizedAccess = "unauthorized_access";
    public const string AuditCreate = "audit_create";
    public const string AuditDelete = "audit_delete";
    public const string UserImpersonation = "user_impersonation";
    public const string SystemConfigChange = "system_config_change";
    public const string ApiError = "api_error";
    public const string RateLimitExceeded = "rate_limit_exceeded";

    internal static string CategoryOf(string type) =>
        type switch
        {
            Login
            or FailedLogin
            or Logout
            or LogoutAll
            or TokenRefresh
            or TokenBlacklist
            or SessionCreate
            or SessionUpdate
            or SessionDelete
            or SessionRevoke => "authentication",
            UnauthorizedAccess or AdminAccess or UserImpersonation => "authorization",
            PasswordChange
            or PasswordResetRequest
            or PasswordResetComplete
            or AccountRegister
            or AccountUpdate
            or AccountDelete
            or AccountLockout
            or AccountUnlock => "account_management",
            DataAccess or DataExport or DataDelete or AuditCreate or AuditDelete => "data_management",
            SystemConfigChange => "system",
            ApiError => "api",
            FeedbackSubmitted or FeatureRequested or FeatureUsed => "user_activity",
            _ => "security",
        };

    internal static string SeverityOf(string type, string status) =>
        type switch
        {
            SecurityBreach or BruteForceAttempt => "critical",
            SuspiciousActivity or AccountLockout or RateLimitExceeded or UserImpersonation => "high",
            FailedLogin or UnauthorizedAccess or AccountDelete or DataExport => "medium",
            _ => string.Equals(status, "success", StringComparison.Ordinal) ? "info" : "warning",
        };
}
