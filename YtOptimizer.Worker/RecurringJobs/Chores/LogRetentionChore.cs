using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Observability.Logs;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Deletes log rows older than LOG_RETENTION_DAYS, as configured now.</summary>
internal sealed class LogRetentionChore(LogRetention retention, IOptionsMonitor<LogOptions> options) : IChore
{
    public string Name => "retention";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var days = options.CurrentValue.RetentionDays;
        var deleted = await retention.RunAsync(days, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{deleted.Values.Sum()} rows older than {days} days deleted");
    }
}
