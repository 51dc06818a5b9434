using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every hour tells owners of subscriptions that end soon.</summary>
internal sealed class RemindSubscribers(SubscriptionReminders reminders, TimeProvider time, ILogger<RemindSubscribers> logger)
    : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) => reminders.RunAsync(ct);
}
