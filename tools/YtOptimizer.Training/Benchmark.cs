using System.Diagnostics;
using System.Globalization;
using YtOptimizer.Analysis;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Training;

/// <summary>Time per video (one after another, and on all processors) and growth of the resident set.</summary>
internal static class Benchmark
{
    private const double TargetMilliseconds = 60;
    private const double TargetMegabytes = 300;

    public static void Run(string path)
    {
        var inputs = EvaluationFile.Read(path).Videos.Select(video => video.ToInput()).ToList();
        GC.Collect();
        var before = WorkingSet();
        var clock = Stopwatch.StartNew();
        var analyzer = new Analyzer();
        analyzer.WarmUp();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first analysis (loads models): {clock.Elapsed.TotalMilliseconds:F0} ms"));
        foreach (var input in inputs.Take(100))
        {
            analyzer.Analyze(input);
        }

        var alone = new List<double>();
        foreach (var input in inputs)
        {
            clock.Restart();
            analyzer.Analyze(input);
            alone.Add(clock.Elapsed.TotalMilliseconds);
        }

        Print("one at a time", alone);
        var together = new double[inputs.Count];
        clock.Restart();
        Parallel.For(0, inputs.Count, i =>
        {
            var watch = Stopwatch.StartNew();
            analyzer.Analyze(inputs[i]);
            together[i] = watch.Elapsed.TotalMilliseconds;
        });
        var seconds = clock.Elapsed.TotalSeconds;
        Print($"{Environment.ProcessorCount} at a time", [.. together]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"throughput: {inputs.Count / seconds:F0} videos/s on {Environment.ProcessorCount} processors"));
        var growth = (WorkingSet() - before) / 1048576.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident set: +{growth:F0} MB (target ≤ {TargetMegabytes}) {(growth <= TargetMegabytes ? "ok" : "MISSED")}"));
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: p50 {At(0.5):F1} ms, p95 {At(0.95):F1} ms (target ≤ {TargetMilliseconds}) {(At(0.95) <= TargetMilliseconds ? "ok" : "MISSED")}, p99 {At(0.99):F1} ms, n {times.Count}"));
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
