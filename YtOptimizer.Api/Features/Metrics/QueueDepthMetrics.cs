using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>What the database itself knows about the queue and its own load.</summary>
internal sealed class QueueDepthMetrics(Db db)
{
    // Each state by its own index: finished jobs are many.
    private const string Sql = """
        SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
               count(*) FILTER (WHERE status = 'processing') AS running,
               count(*) FILTER (WHERE status = 'failed') AS failed_last_hour,
               COALESCE(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE status = 'pending' AND scheduled_at <= now())),
                   0)::float8 AS oldest_seconds,
               (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
               pg_database_size(current_database()) AS database_bytes
        FROM (
            SELECT 'pending' AS status, scheduled_at FROM job_queue WHERE status = 'pending'
            UNION ALL
            SELECT 'processing', scheduled_at FROM job_queue WHERE status = 'processing'
            UNION ALL
            SELECT 'failed', scheduled_at FROM job_queue WHERE status = 'failed' AND completed_at > now() - interval '1 hour') q
        """;

    /// <summary>True for what <see cref="Figures.ToPoints"/> tells as of now: the processes stored the same figures as of some seconds
    /// ago.</summary>
    public static bool Tells(string name) => name is "queue_depth" or "queue_running" or "queue_oldest_age_seconds";

    public async Task<Figures> ReadAsync(CancellationToken ct) => await db.FirstOrDefaultAsync<Figures>(Sql, null, ct) ?? new Figures();

    internal sealed record Figures
    {
        public long Pending { get; init; }

        public long Running { get; init; }

        public long FailedLastHour { get; init; }

        /// <summary>Age of the oldest job that could run now.</summary>
        public double OldestSeconds { get; init; }

        public long Connections { get; init; }

        public long DatabaseBytes { get; init; }

        public IEnumerable<MetricPoint> ToPoints() =>
            [
                Gauge("queue_depth", Pending),
                Gauge("queue_running", Running),
                Gauge("queue_oldest_age_seconds", OldestSeconds),
                Gauge("database_connections", Connections),
                Gauge("database_size_bytes", DatabaseBytes),
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
