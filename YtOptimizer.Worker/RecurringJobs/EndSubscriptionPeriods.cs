using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Every ten minutes writes down which subscription periods ended. Limits do not wait for it.</summary>
internal sealed class EndSubscriptionPeriods(SubscriptionPeriods periods) : IRecurringJob
{
    public TimeSpan Interval => TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("end subscription periods");
        await periods.RunAsync(ct);
    }
}
