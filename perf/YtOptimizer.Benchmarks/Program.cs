using System.Globalization;
using YtOptimizer.Benchmarks.Http;
using YtOptimizer.Benchmarks.Measures;
using YtOptimizer.Benchmarks.Queue;
using YtOptimizer.Benchmarks.Rig;
using YtOptimizer.Benchmarks.Simulation;

// dotnet run -c Release --project perf/YtOptimizer.Benchmarks -- all|http|queue|auth|analysis|start|growth|sockets [--rounds 5] [--seconds
// 3] [--json FILE]; … -- simulate [--seconds 120] [--seed 1]
if (args is [ReferenceServer.Verb, var url])
{
    await ReferenceServer.RunAsync(url);
    return 0;
}

string Option(string name, string fallback) =>
    Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) =>
    int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
if (args is [Simulate.Verb, ..])
{
    Simulate.Run(Number("seconds", 120), Number("seed", 1));
    return 0;
}

var settings = new Settings(Number("rounds", 5), TimeSpan.FromSeconds(Number("seconds", 3)), Number("clients", 16));
(string Verb, Func<Bench, Task> Run)[] all =
[
    ("http", HttpBench.RunAsync),
    ("submit", SubmitBench.RunAsync),
    ("auth", AuthBench.RunAsync),
    ("queue", QueueBench.RunAsync),
    ("growth", GrowthBench.RunAsync),
    ("start", StartBench.RunAsync),
    ("analysis", AnalysisBench.RunAsync),
    ("sockets", SocketBench.RunAsync),
];
string[] wanted = [.. args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal))];
if (wanted.Length == 0 || wanted.Except(all.Select(measure => measure.Verb).Append("all"), StringComparer.Ordinal).Any())
{
    Console.Error.WriteLine($"Choose from: all, {string.Join(", ", all.Select(measure => measure.Verb))}");
    return 2;
}

ThreadPool.SetMinThreads(100, 100);
var report = new Report(settings);
await using (var bench = await Bench.StartAsync(settings, report))
{
    foreach (
        var (verb, run) in all.Where(measure =>
            wanted.Contains("all", StringComparer.Ordinal) || wanted.Contains(measure.Verb, StringComparer.Ordinal)
        )
    )
    {
        Console.Error.WriteLine($"{verb} …");
        await run(bench);
    }
}

Console.WriteLine(report.ToText());
await File.WriteAllTextAsync(Option("json", Path.Combine("artifacts", "benchmarks.json")), report.ToJson());
return 0;
