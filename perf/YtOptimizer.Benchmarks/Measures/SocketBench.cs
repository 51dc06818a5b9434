using System.Diagnostics;
using System.Globalization;
using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>
/// Memory of a connection that waits for events, and the time from a committed change to its event on every connection of the user: for
/// server-sent events and for Socket.IO over WebSocket, each on an API of its own.
/// </summary>
internal static class SocketBench
{
    private const int Users = 25;
    private const int PerUser = 20;
    private const int Changes = 200;
    private const double GoalMilliseconds = 250;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly (string Name, string Value)[] Limits =
    [
        ("Realtime__MaxPerAddress", "20000"),
        ("RATE_LIMIT_REALTIME", "100000/1m"),
    ];

    public static async Task RunAsync(Bench bench)
    {
        await MeasureAsync(bench, "server-sent events", (api, caller) => EventStream.OpenAsync(api, caller.Token));
        await MeasureAsync(bench, "Socket.IO", (api, caller) => EventSocket.OpenAsync(api, caller.Token));
    }

    private static async Task MeasureAsync(Bench bench, string name, Func<Uri, Caller, Task<EventReader>> open)
    {
        var database = await bench.NewDatabaseAsync();
        var api = await bench.StartApiAsync(database, Limits);
        var callers = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => Bench.RegisterAsync(api.Url)));
        var connections = new List<(Caller Caller, EventReader Reader)>();
        try
        {
            // What the first connections load is not theirs.
            foreach (var caller in callers)
            {
                connections.Add((caller, await open(api.Url, caller)));
            }

            await Task.Delay(Settled);
            var before = api.ResidentMegabytes;
            foreach (var caller in callers)
            {
                var more = await Task.WhenAll(Enumerable.Range(1, PerUser - 1).Select(_ => open(api.Url, caller)));
                connections.AddRange(more.Select(reader => (caller, reader)));
            }

            await Task.Delay(Settled);
            var each = (api.ResidentMegabytes - before) * 1000 / (connections.Count - callers.Length);
            bench.Report.Add(new Figure("sockets", $"{name}: {connections.Count} idle connections, memory of one more", each, "kB"));
            var times = await LatenciesAsync(database, callers, connections);
            bench.Report.Add(
                new Figure(
                    "sockets",
                    $"{name}: from commit to {PerUser} connections of a user (p50 {Outcome.Quantile(times, 0.5):0.0} ms), p95",
                    Outcome.Quantile(times, 0.95),
                    "ms",
                    Goal: string.Create(CultureInfo.InvariantCulture, $"≤ {GoalMilliseconds} ms"),
                    IsMet: Outcome.Quantile(times, 0.95) <= GoalMilliseconds
                )
            );
        }
        finally
        {
            foreach (var (_, reader) in connections)
            {
                await reader.DisposeAsync();
            }
        }
    }

    // One change after the other; each must reach all connections of its user.
    private static async Task<double[]> LatenciesAsync(
        string database,
        Caller[] callers,
        List<(Caller Caller, EventReader Reader)> connections
    )
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        var times = new List<double>();
        using var limit = new CancellationTokenSource(Limit);
        for (var i = 0; i < Changes; i++)
        {
            var caller = callers[i % callers.Length];
            var mark = Guid.CreateVersion7().ToString("N");
            await using var insert = source.CreateCommand(
                "INSERT INTO notifications (user_id, title, message, type) VALUES (@user, @mark, 'A benchmark changed this.', 'system')"
            );
            insert.Parameters.AddWithValue("user", caller.Id);
            insert.Parameters.AddWithValue("mark", mark);
            var waiting = connections
                .Where(connection => connection.Caller == caller)
                .Select(connection => connection.Reader.SeenAsync(mark, limit.Token))
                .ToList();
            await insert.ExecuteNonQueryAsync(limit.Token);
            var began = Stopwatch.GetTimestamp();
            foreach (var seen in await Task.WhenAll(waiting))
            {
                times.Add(Math.Max(0, Stopwatch.GetElapsedTime(began, seen).TotalMilliseconds));
            }
        }

        return [.. times.Order()];
    }
}
