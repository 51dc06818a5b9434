using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace YtOptimizer.Chaos;

/// <summary>Measures from outside how long the jobs of a killed or frozen worker wait for another.</summary>
internal sealed class Reclaims(NpgsqlDataSource source)
{
    private readonly ConcurrentDictionary<(Guid Job, long Token), long> orphans = new();

    public ConcurrentBag<double> Seconds { get; } = [];

    /// <summary>The worker is gone: its running jobs are orphans from now on.</summary>
    public async Task<int> OrphanAsync(int processId, long since)
    {
        await using var command = source.CreateCommand(
            "SELECT id, lease_token FROM job_queue WHERE status = 'processing' AND split_part(locked_by, ':', 2) = $1"
        );
        command.Parameters.AddWithValue(processId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var reader = await command.ExecuteReaderAsync();
        var count = 0;
        while (await reader.ReadAsync())
        {
            orphans[(reader.GetGuid(0), reader.GetInt64(1))] = since;
            count++;
        }

        return count;
    }

    public async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var watched = orphans.ToArray();
            if (watched.Length > 0)
            {
                await using var command = source.CreateCommand(
                    "SELECT id, status, CASE WHEN locked_by IS NULL THEN 0 ELSE lease_token END FROM job_queue WHERE id = ANY ($1)"
                );
                command.Parameters.AddWithValue(watched.Select(orphan => orphan.Key.Job).ToArray());
                await using var reader = await command.ExecuteReaderAsync(ct);
                var now = new Dictionary<Guid, (string Status, long Token)>();
                while (await reader.ReadAsync(ct))
                {
                    now[reader.GetGuid(0)] = (reader.GetString(1), reader.GetInt64(2));
                }

                foreach (var (key, since) in watched)
                {
                    var (status, token) = now[key.Job];
                    if (status == "processing" && token != 0 && token != key.Token)
                    {
                        Seconds.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
                        orphans.TryRemove(key, out _);
                    }
                    else if (status is not ("processing" or "pending"))
                    {
                        // Its commit was already under way, it was cancelled, or it was set aside.
                        orphans.TryRemove(key, out _);
                    }
                }
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }
}
