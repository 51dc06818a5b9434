using System.Globalization;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Folds the figures of processes that ended into one row.</summary>
internal sealed class FoldMetricsChore(RetiredMetrics retired) : IChore
{
    public string Name => "fold-metrics";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var folded = await retired.FoldAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{folded} ended processes folded");
    }
}
