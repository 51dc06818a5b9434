namespace YtOptimizer.Core.Mail;

/// <summary>Values of <c>mail_outbox.template</c>.</summary>
public static class MailKinds
{
    /// <summary>No message: a request that <c>PasswordResetRequests</c> has yet to decide.</summary>
    public const string PasswordResetRequest = "password_reset_request";

    public const string PasswordReset = "password_reset";
    public const string PasswordChanged = "password_changed";
    public const string AccountLinked = "account_linked";
    public const string SuspiciousActivity = "suspicious_activity";
}
