using System.Globalization;

namespace YtOptimizer.Benchmarks.Simulation;

/// <summary>Queue and pollers at many times today's load, on a simulated clock: no server, no processor but this one.</summary>
internal static class Simulate
{
    public const string Verb = "simulate";

    public static void Run(double seconds, int seed)
    {
        Console.WriteLine(
            $"{seconds:0} simulated seconds per scenario, seed {seed}; assumptions in Simulation/Scenario.cs and docs/SCALING.md\n"
        );
        Console.WriteLine(
            "| scenario | submitted/s | completed/s | left | database busy | workers busy | statements/s | flushes/s | submit p95 "
                + "| poll p95 | wait p50 | wait p95 | to the result p95 |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var scenario in Scenario.All)
        {
            Console.WriteLine(Line(new Fleet(scenario, seed).Run(seconds)));
        }
    }

    private static string Line(Result result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Scenario.Name} | {result.Scenario.Rate:0} | {result.Completed:0.0} | {result.Left} | {result.Database:0%} | "
                + $"{result.Workers:0%} | {result.Statements:#,0} | {result.Flushes:#,0} | {Time(result.Submit95)} | "
                + $"{Time(result.Poll95)} | {Time(result.Wait50)} | {Time(result.Wait95)} | {Time(result.Total95)} |"
        );

    private static string Time(double seconds) =>
        double.IsNaN(seconds) ? "–"
        : seconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}
