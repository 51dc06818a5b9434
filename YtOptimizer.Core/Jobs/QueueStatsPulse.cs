using System.Text.Json;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Core.Jobs;

/// <summary>Keeps <see cref="QueueStats.Last"/> at most two seconds old, for health and gauges.</summary>
public sealed class QueueStatsPulse(QueueStats stats) : PulsePart("queue_stats", TimeSpan.FromSeconds(2))
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public override string Sql => "SELECT row_to_json(s) FROM (" + QueueStats.SnapshotSql + ") s";

    public override void Take(string? answer, long asked)
    {
        if (answer is not null && JsonSerializer.Deserialize<QueueSnapshot>(answer, Json) is { } read)
        {
            stats.Take(read);
        }
    }
}
