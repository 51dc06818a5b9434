using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Core.Mail.Dispatch;

/// <summary>Subjects and texts of mail. Plain text only: nothing to track, nothing to escape.</summary>
public sealed class MailTemplates(AccountKeys keys, IOptions<AccountOptions> accounts)
{
    /// <exception cref="InvalidOperationException">The template is unknown.</exception>
    public (string Subject, string Text) Render(string template, string data)
    {
        using var json = JsonDocument.Parse(data);
        var frontend = accounts.Value.FrontendUrl;
        return template switch
        {
            MailKinds.PasswordReset => (
                "Set a new password",
                $"""
                Somebody, hopefully you, asked for a new password for your account.

                To set one, open this link:
                {frontend}/reset-password?token={ResetLink.Write(keys, json.RootElement.GetProperty("resetId").GetGuid())}

                It works once and for {Words(accounts.Value.PasswordResetLifetime)}. If it was not you, there is nothing to do.
                """
            ),
            MailKinds.PasswordChanged => (
                "Your password was changed",
                $"""
                The password of your account was changed, and other devices were signed out.

                If it was not you, set a new password now: {frontend}/forgot-password
                """
            ),
            MailKinds.AccountLinked => (
                "A new way to sign in was added",
                $"""
                Your account can now be used by signing in with {json.RootElement.GetProperty("provider").GetString()}.

                If it was not you, set a new password now: {frontend}/forgot-password
                """
            ),
            MailKinds.SuspiciousActivity => (
                "A session of yours was ended",
                $"""
                A sign-in token of your account was used twice, which can mean that it was copied. That session was ended.

                Sign in again. If you are in doubt, set a new password: {frontend}/forgot-password
                """
            ),
            _ => throw new InvalidOperationException($"There is no mail template '{template}'."),
        };
    }

    private static string Words(TimeSpan span) => span.TotalMinutes < 120 ? $"{span.TotalMinutes:0} minutes" : $"{span.TotalHours:0} hours";
}
