using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every hour tells owners of subscriptions that end soon.</summary>
internal sealed class RemindSubscribers(SubscriptionReminders reminders) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromHours(1);

    public Task RunAsync(CancellationToken ct) => reminders.RunAsync(ct);
}
