using System.Collections.Concurrent;
using System.Diagnostics;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>What both queues are asked to do: no-op jobs of 200 users, each durable before it counts.</summary>
internal interface IQueue : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The settings that the figures were made with.</summary>
    string Settings { get; }

    /// <summary>Returns when the job is committed.</summary>
    Task EnqueueAsync(int number);

    Task StartConsumersAsync();

    Task StopConsumersAsync();

    /// <summary>Jobs whose completion is committed.</summary>
    Task<long> CompletedAsync();
}

/// <summary>Times of jobs by number: when the enqueue call began, when the work began.</summary>
internal static class Board
{
    private static readonly ConcurrentDictionary<int, long> Began = new();

    public static ConcurrentBag<double> PickupMilliseconds { get; } = [];

    public static void Enqueueing(int number) => Began[number] = Stopwatch.GetTimestamp();

    public static void Started(int number)
    {
        if (Began.TryRemove(number, out var began))
        {
            PickupMilliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    public static void Clear()
    {
        Began.Clear();
        PickupMilliseconds.Clear();
    }
}

internal sealed record Figures(double Produced, double BurnDown, double Steady, double P50, double P95, double P99);

internal static class Measure
{
    private const int Producers = 32;

    public static async Task<Figures> RunAsync(IQueue queue, int burnDownJobs, int steadySeconds, int latencySeconds)
    {
        // Burn-down: first only producers, then only consumers.
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, burnDownJobs),
            new ParallelOptions { MaxDegreeOfParallelism = Producers },
            async (number, _) => await queue.EnqueueAsync(number)
        );
        var produced = burnDownJobs / clock.Elapsed.TotalSeconds;
        var before = await queue.CompletedAsync();
        clock.Restart();
        await queue.StartConsumersAsync();
        while (await queue.CompletedAsync() - before < burnDownJobs)
        {
            await Task.Delay(50);
        }

        var burnDown = burnDownJobs / clock.Elapsed.TotalSeconds;
        Board.Clear();
        Console.WriteLine($"{queue.Name}: {produced:F0}/s produced, {burnDown:F0}/s burnt down");

        // Steady: both at once; producers wait while more than 2,000 jobs wait.
        using var stop = new CancellationTokenSource();
        var enqueued = 0;
        var done = 0L;
        var start = await queue.CompletedAsync();
        var producers = Enumerable
            .Range(0, Producers)
            .Select(_ =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        if (enqueued - Interlocked.Read(ref done) > 2000)
                        {
                            await Task.Delay(2);
                            continue;
                        }

                        await queue.EnqueueAsync(1_000_000 + Interlocked.Increment(ref enqueued));
                    }
                })
            )
            .ToArray();
        var watch = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Interlocked.Exchange(ref done, await queue.CompletedAsync() - start);
                await Task.Delay(100);
            }
        });
        await Task.Delay(TimeSpan.FromSeconds(5));
        var first = await queue.CompletedAsync();
        clock.Restart();
        await Task.Delay(TimeSpan.FromSeconds(steadySeconds));
        var steady = (await queue.CompletedAsync() - first) / clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{queue.Name}: {steady:F0}/s steady");
        await stop.CancelAsync();
        await Task.WhenAll([.. producers, watch]);
        while (await queue.CompletedAsync() - start < enqueued)
        {
            await Task.Delay(50);
        }

        // Pickup: 100 a second by the clock, whatever the queue does.
        Board.Clear();
        var pending = new List<Task>();
        clock.Restart();
        for (var number = 0; number < latencySeconds * 100; number++)
        {
            var wait = TimeSpan.FromMilliseconds(number * 10) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            Board.Enqueueing(5_000_000 + number);
            pending.Add(queue.EnqueueAsync(5_000_000 + number));
        }

        await Task.WhenAll(pending);
        for (var i = 0; i < 200 && Board.PickupMilliseconds.Count < latencySeconds * 100; i++)
        {
            await Task.Delay(50);
        }

        await queue.StopConsumersAsync();
        var times = Board.PickupMilliseconds.Order().ToArray();
        double At(double share) => times.Length == 0 ? double.NaN : times[(int)Math.Min(times.Length - 1, share * times.Length)];
        return new Figures(produced, burnDown, steady, At(0.5), At(0.95), At(0.99));
    }
}
