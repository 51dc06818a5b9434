using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace YtOptimizer.Core.Mail;

/// <summary>Hands one message to the mail server.</summary>
public sealed class MailSender(IOptions<SmtpOptions> options)
{
    private const int TimeoutMilliseconds = 15_000;

    /// <exception cref="MailKit.CommandException">The server refused the message.</exception>
    public async Task SendAsync(Guid id, string recipient, string subject, string text, CancellationToken ct)
    {
        var smtp = options.Value;
        var host = smtp.Host ?? throw new InvalidOperationException("SMTP_HOST is not set.");
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress(smtp.FromName, smtp.From));
        message.To.Add(MailboxAddress.Parse(recipient));
        message.Subject = subject;

        // The same id at every try: a server or a mailbox can recognise a repeat after a lost answer.
        message.MessageId = $"{id:N}@{smtp.From.Split('@')[^1]}";
        message.Body = new TextPart("plain") { Text = text };
        using var client = await ConnectAsync(smtp, host, ct);
        await client.SendAsync(message, ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    /// <summary>Connects and signs in, and sends nothing.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        var smtp = options.Value;
        using var client = await ConnectAsync(smtp, smtp.Host ?? throw new InvalidOperationException("SMTP_HOST is not set."), ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    private static async Task<SmtpClient> ConnectAsync(SmtpOptions smtp, string host, CancellationToken ct)
    {
        var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        try
        {
            await client.ConnectAsync(
                host,
                smtp.Port,
                smtp.Secure ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
                ct
            );
            if (!string.IsNullOrEmpty(smtp.User))
            {
                await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", ct);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
