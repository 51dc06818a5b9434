using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Finds requests and messages that this worker can do something about.</summary>
internal sealed class MailPulse(IOptions<SmtpOptions> smtp, IOptions<AccountOptions> accounts, IHostEnvironment environment)
    : PulsePart("mail", TimeSpan.FromSeconds(2)),
        IDisposable
{
    /// <summary>Set when there is something to do.</summary>
    public Signal Due { get; } = new();

    public override string Sql =>
        """
            EXISTS (SELECT 1 FROM mail_outbox WHERE sent_at IS NULL AND failed_at IS NULL AND (expires_at <= now()
                OR (template = 'password_reset_request' AND @mail_decides)
                OR (template <> 'password_reset_request' AND next_attempt_at <= now() AND @mail_sends)))
            """;

    public override void Bind(NpgsqlParameterCollection parameters)
    {
        parameters.AddWithValue("mail_decides", accounts.Value.JwtSecret.Length > 0);
        parameters.AddWithValue("mail_sends", smtp.Value.IsConfigured || environment.IsDevelopment());
    }

    public override void Take(string? answer, long asked)
    {
        if (answer is "true")
        {
            Due.Set();
        }
    }

    public void Dispose() => Due.Dispose();
}
