using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>The last results of the fleet's chores and the state of alert delivery, as gauges.</summary>
internal sealed class ChoreMetrics(MaintenanceRecord record, AlertDelivery delivery)
{
    public async Task<IEnumerable<MetricPoint>> ReadAsync(CancellationToken ct)
    {
        var runs = await record.ListAsync(ct);
        return
        [
            .. (await delivery.ReadAsync(ct)).ToPoints(),
            .. runs.Select(run => Gauge("maintenance_last_run_succeeded", run, run.Succeeded ? 1 : 0)),
            .. runs.Select(run => Gauge("maintenance_last_run_timestamp_seconds", run, UnixTime(run.FinishedAt))),
            .. runs.Where(run => run.LastSuccessAt is not null)
                .Select(run => Gauge("maintenance_last_success_timestamp_seconds", run, UnixTime(run.LastSuccessAt!.Value))),
        ];
    }

    private static double UnixTime(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeSeconds();

    private static MetricPoint Gauge(string name, MaintenanceRecord.Run run, double value) =>
        new()
        {
            Name = name,
            Type = "gauge",
            Value = value,
            Labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["task"] = run.Task },
        };
}
