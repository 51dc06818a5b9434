using System.Collections.Concurrent;
using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Http;

/// <summary>
/// Submissions of one video each: job, quota and lane in one commit, beside the reference's check and insert. Every submission is another
/// account's and another text, as in life, where an account has at most twenty active jobs.
/// </summary>
internal static class SubmitBench
{
    private const int Accounts = 256;
    private const int AtOnce = 4;
    private static int sent;

    public static async Task RunAsync(Bench bench)
    {
        var (_, api, reference, _) = await HttpBench.StartAsync(bench);
        await MeasureAsync(bench, api, reference);
    }

    public static async Task MeasureAsync(Bench bench, ServerProcess api, ServerProcess reference)
    {
        var callers = new ConcurrentBag<Caller>();
        await Parallel.ForAsync(0, Accounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
            callers.Add(await Bench.RegisterAsync(api.Url))
        );
        string[] ours = [.. callers.Select(caller => caller.Token)];
        var theirs = await HttpBench.TokensAsync(reference, [.. callers]);
        var before = api.Cpu;
        var outcomes = await Turns.RunAsync(
            bench.Settings,
            new Contestant("reference submit", _ => Submit(reference, "/submit", theirs)),
            new Contestant("submit", _ => Submit(api, "/api/v1/analyze/video", ours))
        );
        var cpu = api.Cpu - before;
        var own = outcomes[1];
        bench.Report.Add(new Figure("http", "reference submit", outcomes[0].Median, "/s", outcomes[0].Spread));
        bench.Report.Add(
            new Figure(
                "http",
                "submit, beside the reference's",
                own.Median,
                "/s",
                own.Spread,
                "≥ 1,000/s",
                own.RatioTo(outcomes[0]),
                own.Median >= 1000
            )
        );
        bench.Report.Add(new Figure("http", "submit, p95", own.At(0.95), "ms", Goal: "≤ 50 ms", IsMet: own.At(0.95) <= 50));
        bench.Report.Add(
            new Figure("http", "submit, processor time of the API", cpu.TotalMilliseconds / Math.Max(1, own.Latencies.Length), "ms")
        );
    }

    private static async Task<Func<ValueTask>> Submit(ServerProcess server, string path, string[] tokens)
    {
        var client = await RawClient.ConnectAsync(server.Url);
        return async () =>
        {
            var number = Interlocked.Increment(ref sent);
            await client.SendAsync(RawClient.Request(server.Url, "POST", path, tokens[number % tokens.Length], Json(number)), 202);
        };
    }

    private static string Json(int number) =>
        $$$"""{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","language":"english","tone":"casual"},"""
        + $$$"""  "metadata":{"title":"How to sharpen a kitchen knife, part {{{number}}}","description":"I sharpen a dull knife."}}""";
}
