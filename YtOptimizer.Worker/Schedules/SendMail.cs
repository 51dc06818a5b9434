using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Mail.Dispatch;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Decides requests for password resets and empties the outbox, every two seconds.</summary>
internal sealed class SendMail(PasswordResetRequests requests, MailDispatch dispatch, TimeProvider time, ILogger<SendMail> logger) : PeriodicService(TimeSpan.FromSeconds(2), time, logger)
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
