using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// Adds the counters of processes that ended long ago into one row, so that the table stays small and the fleet's totals still never go
/// down.
/// </summary>
public sealed class RetiredMetrics(Db db)
{
    /// <summary>Silent for longer than this: ended. Generous, because a process that came back would be counted twice.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(1);

    /// <summary>The row that holds the sums; no process has this id.</summary>
    public static readonly Guid InstanceId = new("00000000-0000-7000-8000-000000000001");

    private const string TakeSql = """
        DELETE FROM metric_instances WHERE instance_id = @instanceId OR seen_at < now() - @age RETURNING instance_id, points::text AS points
        """;

    private const string AddSql = """
        INSERT INTO metric_instances (instance_id, service, hostname, process_id, started_at, seen_at, points)
        VALUES (@instanceId, 'retired', '-', 0, 'epoch', 'epoch', @points::jsonb)
        """;

    /// <summary>In one transaction: readers see the rows or their sum, never neither. Returns how many processes were folded.</summary>
    public Task<int> FoldAsync(CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                var rows = await scope.QueryAsync<Row>(TakeSql, new { instanceId = InstanceId, age = Age });
                var sum = new FleetMetrics();
                foreach (var row in rows)
                {
                    sum.Add(
                        "retired",
                        isLive: false,
                        JsonSerializer.Deserialize<List<MetricPoint>>(row.Points, JsonSerializerOptions.Web) ?? []
                    );
                }

                if (rows.Count > 0)
                {
                    var points = sum.Points.Select(point => point with { Exemplars = null });
                    await scope.ExecuteAsync(
                        AddSql,
                        new { instanceId = InstanceId, points = JsonSerializer.Serialize(points, JsonSerializerOptions.Web) }
                    );
                }

                return rows.Count(row => row.InstanceId != InstanceId);
            },
            ct
        );

    private sealed record Row
    {
        public Guid InstanceId { get; init; }

        public string Points { get; init; } = "";
    }
}
