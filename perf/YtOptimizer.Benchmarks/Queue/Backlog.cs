using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>
/// The queue under burdens that grow: a hundred thousand waiting jobs, and a snapshot held open while jobs go on (an analyst's query, a
/// backup), which keeps every dead row version in the table and its indexes.
/// </summary>
internal static class Backlog
{
    private const int PerSecond = 200;

    // Waiting jobs of the bench's users that no worker takes today; the sweep gives none of them a turn.
    private const string FillSql = """
        INSERT INTO job_queue (user_id, job_type, payload, scheduled_at, created_at)
        SELECT p.id, 'noop', '0', now() + CASE WHEN $2 THEN interval '1 day' ELSE interval '0' END, now()
        FROM profiles p, generate_series(1, ($1 / 200)::int) i
        """;

    private const string DeadSql = """
        SELECT n_dead_tup, n_live_tup FROM pg_stat_user_tables WHERE relname = 'job_queue'
        """;

    public static async Task RunAsync(OurQueue queue, string connectionString, int seconds)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await WaitingAsync(queue, source, seconds);
        await SnapshotAsync(queue, source, seconds);
    }

    private static async Task WaitingAsync(OurQueue queue, NpgsqlDataSource source, int seconds)
    {
        await queue.StartConsumersAsync();
        await SteadyAsync(queue, 1, 5);
        var empty = await SteadyAsync(queue, 100_000, seconds);
        await using (var fill = source.CreateCommand(FillSql))
        {
            fill.Parameters.AddWithValue(100_000);
            fill.Parameters.AddWithValue(true);
            fill.CommandTimeout = 120;
            await fill.ExecuteNonQueryAsync();
        }

        var full = await SteadyAsync(queue, 200_000, seconds);
        Say("empty queue", empty);
        Say("100,000 waiting", full);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"managed memory {GC.GetTotalMemory(true) / 1e6:F0} MB"));
    }

    private static async Task SnapshotAsync(OurQueue queue, NpgsqlDataSource source, int seconds)
    {
        await using (var clean = source.CreateCommand("DELETE FROM job_queue WHERE scheduled_at > now() + interval '1 hour'"))
        {
            clean.CommandTimeout = 120;
            await clean.ExecuteNonQueryAsync();
        }

        await using (var vacuum = source.CreateCommand("VACUUM job_queue"))
        {
            vacuum.CommandTimeout = 120;
            await vacuum.ExecuteNonQueryAsync();
        }

        var before = await SteadyAsync(queue, 300_000, seconds);
        await using var connection = await source.OpenConnectionAsync();
        await using (var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead))
        {
            await using var look = new NpgsqlCommand("SELECT count(*) FROM job_queue", connection, snapshot);
            await look.ExecuteScalarAsync();
            var during = await SteadyAsync(queue, 400_000, seconds * 3);
            Say("before the snapshot", before);
            Say($"{seconds * 3} s of open snapshot", during);
        }

        var clock = Stopwatch.StartNew();
        (long Dead, long Live) tuples;
        do
        {
            await Task.Delay(1000);
            tuples = await DeadAsync(source);
        } while (tuples.Dead * 5 > tuples.Live + tuples.Dead && clock.Elapsed < TimeSpan.FromMinutes(2));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"dead rows {tuples.Dead} of {tuples.Dead + tuples.Live}, {clock.Elapsed.TotalSeconds:F0} s after the snapshot ended"
            )
        );
    }

    private static async Task<(long Dead, long Live)> DeadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(DeadSql);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task<(double[] Enqueue, double[] Pickup)> SteadyAsync(OurQueue queue, int firstNumber, int seconds)
    {
        Board.Clear();
        var enqueue = new System.Collections.Concurrent.ConcurrentBag<double>();
        var pending = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < seconds * PerSecond; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            Board.Enqueueing(firstNumber + number);
            pending.Add(TimedAsync(firstNumber + number));
        }

        await Task.WhenAll(pending);
        for (var i = 0; i < 200 && Board.PickupMilliseconds.Count < seconds * PerSecond; i++)
        {
            await Task.Delay(50);
        }

        return ([.. enqueue.Order()], [.. Board.PickupMilliseconds.Order()]);

        async Task TimedAsync(int number)
        {
            var began = Stopwatch.GetTimestamp();
            await queue.EnqueueAsync(number);
            enqueue.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    private static void Say(string name, (double[] Enqueue, double[] Pickup) times)
    {
        static double At(double[] sorted, double share) =>
            sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: enqueue p50 {At(times.Enqueue, 0.5):F1} p95 {At(times.Enqueue, 0.95):F1} p99 {At(times.Enqueue, 0.99):F1} ms, "
                    + $"pickup p50 {At(times.Pickup, 0.5):F1} p95 {At(times.Pickup, 0.95):F1} p99 {At(times.Pickup, 0.99):F1} ms "
                    + $"({times.Pickup.Length} jobs at {PerSecond}/s)"
            )
        );
    }
}
