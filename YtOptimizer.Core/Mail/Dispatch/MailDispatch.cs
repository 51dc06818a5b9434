using MailKit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Tracing;

namespace YtOptimizer.Core.Mail.Dispatch;

/// <summary>
/// Sends what is due. Any number of workers may do so at once: a message is taken under a lease (SKIP LOCKED, next try in the future),
/// so a worker that dies in between only delays it. Tries grow apart from half a minute to an hour; after ten, or when a message has
/// expired, it is given up and the row says why.
/// </summary>
public sealed partial class MailDispatch(
    Db db,
    MailSender sender,
    MailTemplates templates,
    IOptions<SmtpOptions> smtp,
    IHostEnvironment environment,
    ILogger<MailDispatch> logger
)
{
    private const int Batch = 10;
    private const int MaxAttempts = 10;

    private const string TakeSql = """
        UPDATE mail_outbox SET attempts = attempts + 1, next_attempt_at = now() + least(interval '30 seconds' * power(2, attempts),
            interval '1 hour')
        WHERE id IN (SELECT id FROM mail_outbox WHERE sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= now()
            AND expires_at > now() AND template <> 'password_reset_request'
                     ORDER BY next_attempt_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        RETURNING id, recipient, template, data::text AS data, attempts
        """;

    /// <summary>Returns how many messages were handed over.</summary>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        await db.ExecuteAsync(MailOutbox.ExpireSql, null, ct);
        if (!smtp.Value.IsConfigured && !environment.IsDevelopment())
        {
            return 0;
        }

        var sent = 0;
        foreach (var message in await db.QueryAsync<Message>(TakeSql, new { batch = Batch }, ct))
        {
            using var activity = BackgroundWork.Start("send mail");
            activity?.SetTag("mail.template", message.Template);
            activity?.SetTag("mail.attempt", message.Attempts);
            sent += await SendAsync(message, ct) ? 1 : 0;
        }

        return sent;
    }

    private async Task<bool> SendAsync(Message message, CancellationToken ct)
    {
        try
        {
            var (subject, text) = templates.Render(message.Template, message.Data);
            if (smtp.Value.IsConfigured)
            {
                await sender.SendAsync(message.Id, message.Recipient, subject, text, ct);
            }
            else
            {
                // Only a development run comes here: its log is the mailbox.
                Log.Written(logger, message.Recipient, subject, text);
            }

            await db.ExecuteAsync(MailOutbox.SentSql, new { id = message.Id }, ct);
            return true;
        }
        catch (Exception error)
            when (error
                    is CommandException
                        or ProtocolException
                        or IOException
                        or System.Net.Sockets.SocketException
                        or InvalidOperationException
                        or TimeoutException
                        or MailKit.Security.AuthenticationException
                        or MailKit.Security.SslHandshakeException
                        or FormatException
                        or System.Text.Json.JsonException
                        or KeyNotFoundException
                || (error is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            Log.NotSent(logger, message.Id, message.Template, message.Attempts, error.GetType().Name);
            await db.ExecuteAsync(
                MailOutbox.FailedSql,
                new
                {
                    id = message.Id,
                    error = error.GetType().Name,
                    max = MaxAttempts,
                },
                ct
            );
            return false;
        }
    }

    private sealed record Message(Guid Id, string Recipient, string Template, string Data, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1100,
            Level = LogLevel.Information,
            Message = "No SMTP_HOST is set; this mail would go to {Recipient}: {Subject}\n{Text}"
        )]
        public static partial void Written(ILogger logger, string recipient, string subject, string text);

        [LoggerMessage(
            EventId = 1101,
            Level = LogLevel.Warning,
            Message = "Mail {Id} ({Template}) was not sent at try {Attempt}: {Reason}. It is tried again later"
        )]
        public static partial void NotSent(ILogger logger, Guid id, string template, int attempt, string reason);
    }
}
