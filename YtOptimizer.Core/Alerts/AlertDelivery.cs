using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Alerts;

/// <summary>Whether alerts arrive: the watch over the watcher, for <c>/health</c> and the metrics.</summary>
public sealed class AlertDelivery(Db db, TimeProvider clock)
{
    /// <summary>A message that waits longer, with none delivered since, means that nobody is told.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(15);

    internal const string Sql = """
        SELECT count(*) AS waiting,
               COALESCE(extract(epoch FROM now() - min(due_at)), 0)::float8 AS oldest_seconds,
               (SELECT COALESCE(extract(epoch FROM max(sent_at)), 0)::float8 FROM alert_outbox WHERE sent_at IS NOT NULL) AS last_success,
               (SELECT count(*) FROM alert_incidents WHERE recovered_at IS NULL) AS open_incidents,
               (SELECT COALESCE(extract(epoch FROM alive_at), 0)::float8 FROM alert_channels WHERE channel = 'telegram') AS telegram_alive
        FROM alert_outbox WHERE sent_at IS NULL AND due_at <= now()
        """;

    private volatile Reading? last;

    /// <summary>The last reading if it is at most this old, else a new one.</summary>
    public async Task<State> ReadAsync(TimeSpan maxAge, CancellationToken ct)
    {
        if (last is { } read && clock.GetElapsedTime(read.At) <= maxAge)
        {
            return read.State;
        }

        var state = await ReadAsync(ct);
        Take(state);
        return state;
    }

    /// <summary>Takes in a reading that was made along with others.</summary>
    internal void Take(State state) => last = new Reading(state, clock.GetTimestamp());

    public async Task<State> ReadAsync(CancellationToken ct) => await db.FirstOrDefaultAsync<State>(Sql, null, ct) ?? new State();

    private sealed record Reading(State State, long At);

    public sealed record State
    {
        public long Waiting { get; init; }

        /// <summary>Age of the oldest message not yet delivered.</summary>
        public double OldestSeconds { get; init; }

        /// <summary>Unix time of the last delivery of the last 30 days; 0 without one.</summary>
        public double LastSuccess { get; init; }

        public long OpenIncidents { get; init; }

        /// <summary>Unix time at which Telegram last answered (it is polled for commands all the time); null when no worker has it
        /// configured.</summary>
        public double? TelegramAlive { get; init; }

        public bool IsStuck(DateTimeOffset now) =>
            Waiting > 0 && OldestSeconds > TimeLimit.TotalSeconds && now.ToUnixTimeSeconds() - LastSuccess > TimeLimit.TotalSeconds;

        /// <summary>A channel that is broken before it is needed: a revoked token, a blocked way out.</summary>
        public bool IsTelegramSilent(DateTimeOffset now) =>
            TelegramAlive is { } alive && now.ToUnixTimeSeconds() - alive > TimeLimit.TotalSeconds;

        public IEnumerable<MetricPoint> ToPoints() =>
            [
                Gauge("alerts_waiting", Waiting),
                Gauge("alerts_oldest_waiting_seconds", OldestSeconds),
                Gauge("alerts_last_success_timestamp_seconds", LastSuccess),
                Gauge("alerts_open_incidents", OpenIncidents),
                .. TelegramAlive is { } alive
                    ? [Gauge("alerts_telegram_last_answer_timestamp_seconds", alive)]
                    : Array.Empty<MetricPoint>(),
            ];

        private static MetricPoint Gauge(string name, double value) =>
            new()
            {
                Name = name,
                Type = "gauge",
                Value = value,
            };
    }
}
