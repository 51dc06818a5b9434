using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Http;

/// <summary>Submissions of one video each: job, quota and lane in one commit, beside the reference's check and insert.</summary>
internal static class SubmitBench
{
    public static async Task RunAsync(Bench bench)
    {
        var (_, api, reference, callers) = await HttpBench.StartAsync(bench);
        await MeasureAsync(bench, api, reference, callers, await HttpBench.TokensAsync(reference, callers));
    }

    public static async Task MeasureAsync(Bench bench, ServerProcess api, ServerProcess reference, Caller[] callers, string[] tokens)
    {
        const string Json =
            """{"configuration":{"url":"https://www.youtube.com/watch?v="""
            + """dQw4w9WgXcQ","language":"english","tone":"casual"},"metadata":{"title":"How to sharpen a kitchen """
            + """knife","description":"I sharpen a dull knife."}}""";
        var before = api.Cpu;
        var outcomes = await Turns.RunAsync(
            bench.Settings,
            new Contestant("reference submit", i =>
                HttpBench.Open(reference, RawClient.Request(reference.Url, "POST", "/submit", tokens[i % callers.Length], Json), 202)(i)
            ),
            new Contestant("submit", i =>
                HttpBench.Open(
                    api,
                    RawClient.Request(api.Url, "POST", "/api/v1/analyze/video", callers[i % callers.Length].Token, Json),
                    202
                )(i)
            )
        );
        var cpu = api.Cpu - before;
        var ours = outcomes[1];
        bench.Report.Add(new Figure("http", "reference submit", outcomes[0].Median, "/s", outcomes[0].Spread));
        bench.Report.Add(
            new Figure(
                "http",
                "submit, beside the reference's",
                ours.Median,
                "/s",
                ours.Spread,
                "≥ 1,000/s",
                ours.RatioTo(outcomes[0]),
                ours.Median >= 1000
            )
        );
        bench.Report.Add(new Figure("http", "submit, p95", ours.At(0.95), "ms", Goal: "≤ 50 ms", IsMet: ours.At(0.95) <= 50));
        bench.Report.Add(
            new Figure("http", "submit, processor time of the API", cpu.TotalMilliseconds / Math.Max(1, ours.Latencies.Length), "ms")
        );
    }
}
