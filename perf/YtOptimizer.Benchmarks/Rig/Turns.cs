using System.Diagnostics;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>One of those that are compared: sends one request and returns when it is answered.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Open">Makes what one connection needs, and returns its "send one".</param>
internal sealed record Contestant(string Name, Func<int, Task<Func<ValueTask>>> Open);

/// <summary>Requests per second of each round, and all latencies in milliseconds, sorted.</summary>
internal sealed record Outcome(string Name, double[] Rates, double[] Latencies)
{
    public double Median => Quantile([.. Rates.Order()], 0.5);

    public double Spread => Rates.Length < 3 ? 0 : (Quantile([.. Rates.Order()], 0.75) - Quantile([.. Rates.Order()], 0.25)) / 2 / Median;

    public double At(double share) => Quantile(Latencies, share);

    /// <summary>The median over the rounds of this rate to the other's in the same round.</summary>
    public double RatioTo(Outcome other) => Quantile([.. Rates.Zip(other.Rates, (mine, theirs) => mine / theirs).Order()], 0.5);

    public static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
}

/// <summary>Lets contestants take turns, so that whatever else the machine does falls on all of them.</summary>
internal static class Turns
{
    public static async Task<IReadOnlyList<Outcome>> RunAsync(Settings settings, params Contestant[] contestants)
    {
        var rates = contestants.Select(_ => new List<double>()).ToArray();
        var latencies = contestants.Select(_ => new List<double>()).ToArray();
        var open = new List<Func<ValueTask>[]>();
        foreach (var contestant in contestants)
        {
            open.Add([.. await Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(contestant.Open))]);
        }

        // Long enough for the compiler to be done with the hot paths.
        foreach (var clients in open)
        {
            await TurnAsync(clients, TimeSpan.FromSeconds(3), []);
        }

        for (var round = 0; round < settings.Rounds; round++)
        {
            for (var turn = 0; turn < contestants.Length; turn++)
            {
                var which = (turn + round) % contestants.Length;
                rates[which].Add(await TurnAsync(open[which], settings.Turn, latencies[which]));
            }
        }

        return [.. contestants.Select((contestant, i) => new Outcome(contestant.Name, [.. rates[i]], [.. latencies[i].Order()]))];
    }

    private static async Task<double> TurnAsync(Func<ValueTask>[] clients, TimeSpan length, List<double> latencies)
    {
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(
            clients.Select(send =>
                Task.Run(async () =>
                {
                    var mine = new List<double>(4096);
                    while (Stopwatch.GetElapsedTime(started) < length)
                    {
                        var one = Stopwatch.GetTimestamp();
                        await send();
                        mine.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
                    }

                    return mine;
                })
            )
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        latencies.AddRange(times.SelectMany(mine => mine));
        return times.Sum(mine => mine.Count) / seconds;
    }
}
