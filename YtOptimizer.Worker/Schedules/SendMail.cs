using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Empties the outbox every two seconds.</summary>
internal sealed class SendMail(MailDispatch dispatch, TimeProvider time, ILogger<SendMail> logger) : PeriodicService(TimeSpan.FromSeconds(2), time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        while (await dispatch.RunOnceAsync(ct) > 0)
        {
            // More may be due.
        }
    }
}
