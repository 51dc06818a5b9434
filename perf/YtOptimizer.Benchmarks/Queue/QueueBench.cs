using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>The product's queue beside Hangfire, and bare SKIP LOCKED in pgbench as the limit.</summary>
internal static class QueueBench
{
    private const int Jobs = 4000;
    private const int Seconds = 8;

    public static async Task RunAsync(Bench bench)
    {
        var ours = await OursAsync(bench);
        Figures theirs;
        await using (var hangfire = new HangfireQueue(await bench.NewDatabaseAsync(migrate: false), 20))
        {
            bench.Report.Note($"{hangfire.Name}: {hangfire.Settings}");
            theirs = await Measure.RunAsync(hangfire, Jobs, Seconds, Seconds);
        }

        var limit = await Pgbench.SkipLockedAsync(bench, TimeSpan.FromSeconds(Seconds));
        void Add(string name, double mine, double his, string unit, string? goal, bool? met) =>
            bench.Report.Add(new Figure("queue", $"{name} (Hangfire {his:0.#})", mine, unit, null, goal, mine / his, met));
        Add("queued", ours.Produced, theirs.Produced, "/s", null, null);
        Add("burn-down", ours.BurnDown, theirs.BurnDown, "/s", "≥ 5,000/s", ours.BurnDown >= 5000);
        Add("queued and completed at once", ours.Steady, theirs.Steady, "/s", "≥ 1,000/s", ours.Steady >= 1000);
        Add("pickup p50 at 100/s", ours.P50, theirs.P50, "ms", null, null);
        Add("pickup p95 at 100/s", ours.P95, theirs.P95, "ms", "≤ 50 ms", ours.P95 <= 50);
        if (limit is { } most)
        {
            bench.Report.Add(
                new Figure(
                    "queue",
                    "pgbench: one claim by SKIP LOCKED and one commit each, 8 clients; ratio: our burn-down",
                    most,
                    "/s",
                    Ratio: ours.BurnDown / most
                )
            );
        }
    }

    private static async Task<Figures> OursAsync(Bench bench)
    {
        await using var queue = await OurQueue.CreateAsync(
            await bench.NewDatabaseAsync(migrate: false),
            Path.Combine(Bench.Root, "supabase"),
            64
        );
        bench.Report.Note($"{queue.Name}: {queue.Settings}");
        return await Measure.RunAsync(queue, Jobs, Seconds, Seconds);
    }
}
