using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Mail;

/// <summary>The mail server. Without a host, messages are logged in development and wait (until they expire) in production.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Smtp";

    [Description("name of the mail server; without it no mail is sent")]
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 465;

    [Description("TLS from the first byte; false uses STARTTLS where the server offers it")]
    public bool Secure { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    [Description("sender's address")]
    public string From { get; set; } = "no-reply@localhost";

    public string FromName { get; set; } = "YtOptimizer";

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}
