using YtOptimizer.Core.Data;
using YtOptimizer.Core.Diagnostics;

namespace YtOptimizer.Core.Alerts;

/// <summary>Whether alerts arrive: the watch over the watcher, for <c>/health</c> and the metrics.</summary>
public sealed class AlertDelivery(Db db)
{
    /// <summary>A message that waits longer, with none delivered since, means that nobody is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const string Sql = """
        SELECT count(*) FILTER (WHERE sent_at IS NULL) AS waiting,
               COALESCE(extract(epoch FROM now() - min(created_at) FILTER (WHERE sent_at IS NULL)), 0)::float8 AS oldest_seconds,
               COALESCE(extract(epoch FROM max(sent_at)), 0)::float8 AS last_success,
               (SELECT count(*) FROM alert_incidents WHERE recovered_at IS NULL) AS open_incidents
        FROM alert_outbox WHERE sent_at IS NULL OR sent_at > now() - interval '30 days'
        """;

    public async Task<State> ReadAsync(CancellationToken ct) => await db.FirstOrDefaultAsync<State>(Sql, null, ct) ?? new State();

    public sealed record State
    {
        public long Waiting { get; init; }

        /// <summary>Age of the oldest message not yet delivered.</summary>
        public double OldestSeconds { get; init; }

        /// <summary>Unix time of the last delivery of the last 30 days; 0 without one.</summary>
        public double LastSuccess { get; init; }

        public long OpenIncidents { get; init; }

        public bool IsStuck(DateTimeOffset now) =>
            Waiting > 0 && OldestSeconds > Patience.TotalSeconds && now.ToUnixTimeSeconds() - LastSuccess > Patience.TotalSeconds;

        public IEnumerable<MetricPoint> ToPoints() =>
        [
            Gauge("alerts_waiting", Waiting), Gauge("alerts_oldest_waiting_seconds", OldestSeconds),
            Gauge("alerts_last_success_timestamp_seconds", LastSuccess), Gauge("alerts_open_incidents", OpenIncidents),
        ];

        private static MetricPoint Gauge(string name, double value) => new() { Name = name, Type = "gauge", Value = value };
    }
}
