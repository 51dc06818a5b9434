using MailKit;
using MailKit.Security;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Core.Alerts;

/// <summary>Alerts by the product's mail server, at once and not through the users' outbox: alerts have their own.</summary>
public sealed class AlertMailer(MailSender sender, IOptions<SmtpOptions> smtp) : IAlertMailer
{
    public bool IsConfigured => smtp.Value.IsConfigured;

    public async Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        try
        {
            await sender.SendAsync(Guid.CreateVersion7(), to, subject, text, ct);
        }
        catch (Exception error)
            when (error
                    is CommandException
                        or ProtocolException
                        or IOException
                        or System.Net.Sockets.SocketException
                        or InvalidOperationException
                        or TimeoutException
                        or AuthenticationException
                        or SslHandshakeException
                        or FormatException
                || (error is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            // The text may hold addresses.
            throw new AlertSendException(
                $"The mail server did not accept the message ({error.GetType().Name}). Check SMTP_HOST, SMTP_PORT, SMTP_SECURE, "
                    + $"SMTP_USER and ALERT_EMAIL"
            );
        }
    }
}
