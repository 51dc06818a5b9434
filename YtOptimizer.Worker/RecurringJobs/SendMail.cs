using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Mail.Dispatch;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Decides requests for password resets and empties the outbox, when <see cref="MailPulse"/> found some.</summary>
internal sealed class SendMail(PasswordResetRequests requests, MailDispatch dispatch, MailPulse pulse) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public Signal Due => pulse.Due;

    public async Task RunAsync(CancellationToken ct)
    {
        await requests.RunOnceAsync(ct);
        while (await dispatch.RunOnceAsync(ct) > 0)
        {
            // More may be due.
        }
    }
}
