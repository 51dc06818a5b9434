using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Mail.Dispatch;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Decides requests for password resets and empties the outbox, when <see cref="MailPulse"/> found some.</summary>
internal sealed class SendMail(
    PasswordResetRequests requests,
    MailDispatch dispatch,
    MailPulse pulse,
    TimeProvider time,
    ILogger<SendMail> logger
) : PeriodicService(TimeSpan.FromMinutes(1), time, logger, pulse.Due)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await requests.RunOnceAsync(ct);
        while (await dispatch.RunOnceAsync(ct) > 0)
        {
            // More may be due.
        }
    }
}
