using System.Diagnostics;
using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// Writes this process's metrics to Postgres and reads those of the fleet. Counters of processes that ended stay in their row,
/// so fleet totals never go down; gauges count only for processes seen in the last <see cref="LiveFor"/>. Answers are made of stored rows
/// alone, whichever process is asked: were a process to add its own newest figures, a scraper behind a load balancer would see totals fall.
/// </summary>
public sealed class MetricSnapshots(Db db, MetricRegistry registry, TimeProvider clock, MetricIdentity identity) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(20);

    // Each state by its own partial index: finished jobs are many.
    private const string WriteSql = """
        WITH instance AS (
            INSERT INTO metric_instances (instance_id, service, hostname, process_id, started_at, seen_at, points)
            VALUES (@InstanceId, @Service, @Hostname, @ProcessId, @StartedAt, now(), @Points::jsonb)
            ON CONFLICT (instance_id) DO UPDATE SET seen_at = now(), points = EXCLUDED.points)
        INSERT INTO metric_windows (instance_id, service, seconds, requests, server_errors, client_errors, rate_limited, latency,
            database_calls, database_errors, database_latency, ai_requests, ai_failures, ai_tokens, ai_cost_usd, auth_successes,
            auth_failures, cache_hits, cache_misses, system_errors, audits, heap_bytes, rss_bytes, queue_waiting, queue_running,
                queue_oldest_seconds)
        SELECT @InstanceId, @Service, @Seconds, @Requests, @ServerErrors, @ClientErrors, @RateLimited, @Latency,
            @DatabaseCalls, @DatabaseErrors, @DatabaseLatency, @AiRequests, @AiFailures, @AiTokens, @AiCostUsd, @AuthSuccesses,
            @AuthFailures, @CacheHits, @CacheMisses, @SystemErrors, @Audits, @HeapBytes, @RssBytes,
            count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
            COALESCE(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE status = 'pending' AND scheduled_at <= now())), 0)
        FROM (
            SELECT 'pending' AS status, scheduled_at FROM job_queue WHERE status = 'pending'
            UNION ALL
            SELECT 'processing', scheduled_at FROM job_queue WHERE status = 'processing') q
        """;

    private const string FleetSql =
        "SELECT instance_id, service, seen_at > now() - @liveFor AS is_live, points::text AS points FROM metric_instances";

    /// <summary>A reader does not write again what was written within this time.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    // One write at a time: a row's counters only grow, and no change is put into two windows.
    private readonly SemaphoreSlim writing = new(1, 1);
    private IReadOnlyList<MetricPoint> written = [];
    private IReadOnlyList<InstanceRow> lastRead = [];
    private long writtenAt = clock.GetTimestamp();

    /// <summary>One snapshot. A failed write loses nothing: the next one covers the whole time since the last that succeeded.</summary>
    public Task WriteAsync(CancellationToken ct) => WriteIfOlderAsync(TimeSpan.Zero, ct);

    private async Task WriteIfOlderAsync(TimeSpan age, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            if (written.Count == 0 || clock.GetElapsedTime(writtenAt) >= age)
            {
                await WriteNowAsync(ct);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task WriteNowAsync(CancellationToken ct)
    {
        var points = Current();
        var now = clock.GetTimestamp();
        var window = MetricWindow.Between(written, points, clock.GetElapsedTime(writtenAt, now).TotalSeconds);
        await db.ExecuteAsync(
            WriteSql,
            new
            {
                identity.InstanceId,
                identity.Service,
                identity.Hostname,
                identity.ProcessId,
                identity.StartedAt,
                Points = JsonSerializer.Serialize(points, JsonSerializerOptions.Web),
                window.Seconds,
                window.Requests,
                window.ServerErrors,
                window.ClientErrors,
                window.RateLimited,
                window.Latency,
                window.DatabaseCalls,
                window.DatabaseErrors,
                window.DatabaseLatency,
                window.AiRequests,
                window.AiFailures,
                window.AiTokens,
                window.AiCostUsd,
                window.AuthSuccesses,
                window.AuthFailures,
                window.CacheHits,
                window.CacheMisses,
                window.SystemErrors,
                window.Audits,
                HeapBytes = GC.GetTotalMemory(false),
                RssBytes = Environment.WorkingSet,
            },
            ct
        );
        (written, writtenAt) = (points, now);
    }

    /// <summary>All series of the fleet: this process as of a second ago at most, the others as of their last snapshot.</summary>
    public async Task<FleetMetrics> ReadFleetAsync(CancellationToken ct)
    {
        await WriteIfOlderAsync(FreshFor, ct);
        var rows = await db.QueryAsync<InstanceRow>(FleetSql, new { liveFor = LiveFor }, ct);
        lastRead = rows;
        var fleet = new FleetMetrics();
        foreach (var row in rows)
        {
            fleet.Add(row.Service, row.IsLive, row.Read());
        }

        return fleet;
    }

    /// <summary>For when the database does not answer: this process as it is now, the others as last read.</summary>
    public FleetMetrics ReadLocal()
    {
        var local = new FleetMetrics();
        local.Add(identity.Service, isLive: true, Current());
        foreach (var row in lastRead.Where(row => row.InstanceId != identity.InstanceId))
        {
            // Their counters still belong to the total; whether they live, nobody knows.
            local.Add(row.Service, isLive: false, row.Read());
        }

        return local;
    }

    public void Dispose() => writing.Dispose();

    private List<MetricPoint> Current()
    {
        using var process = Process.GetCurrentProcess();
        var memory = GC.GetGCMemoryInfo();
        List<MetricPoint> points = [.. registry.Collect()];
        points.Add(Gauge("memory_heap_used_bytes", GC.GetTotalMemory(false)));
        points.Add(Gauge("memory_heap_total_bytes", memory.TotalCommittedBytes));
        points.Add(Gauge("memory_rss_bytes", Environment.WorkingSet));
        points.Add(Gauge("active_connections", registry.ActiveRequests));
        points.Add(Gauge("process_threads", process.Threads.Count));
        points.Add(
            new MetricPoint
            {
                Name = "process_cpu_seconds_total",
                Type = "counter",
                Value = process.TotalProcessorTime.TotalSeconds,
            }
        );
        return points;
    }

    private static MetricPoint Gauge(string name, double value) =>
        new()
        {
            Name = name,
            Type = "gauge",
            Value = value,
        };

    private sealed record InstanceRow(Guid InstanceId, string Service, bool IsLive, string Points)
    {
        public List<MetricPoint> Read() => JsonSerializer.Deserialize<List<MetricPoint>>(Points, JsonSerializerOptions.Web) ?? [];
    }
}

/// <summary>Who writes: one process of one service.</summary>
public sealed record MetricIdentity(Guid InstanceId, string Service, string Hostname, int ProcessId, DateTimeOffset StartedAt)
{
    public static MetricIdentity ForThisProcess(string service, TimeProvider clock) =>
        new(Guid.CreateVersion7(), service, Environment.MachineName, Environment.ProcessId, clock.GetUtcNow());
}
