using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>From the start of a process, published as images are, to its first good answer, and what it then holds in memory.</summary>
internal static class StartBench
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Bench bench)
    {
        var database = await bench.NewDatabaseAsync();
        var apiProgram = await Publication.MakeAsync("YtOptimizer.Api");
        var workerProgram = await Publication.MakeAsync("YtOptimizer.Worker");
        var (bare, api, worker) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bare.Add(await TimeAsync(ServerProcess.StartReference(database), "/bare"));
            api.Add(await TimeAsync(ServerProcess.Start(apiProgram, database), "/health/readiness"));
            worker.Add(await TimeAsync(ServerProcess.Start(workerProgram, database), "/health/readiness"));
        }

        bench.Report.Add(Start("reference, start to first answer", bare, null));
        bench.Report.Add(Start("API, start to ready", api, 1.5));
        bench.Report.Add(Start("worker, start to ready", worker, 1.5));
        await using var idleApi = ServerProcess.Start(apiProgram, database);
        await using var idleWorker = ServerProcess.Start(workerProgram, database);
        await Task.WhenAll(idleApi.ReadyAsync("/health/readiness"), idleWorker.ReadyAsync("/health/readiness"));
        await Task.Delay(Settled);
        bench.Report.Add(
            new Figure(
                "start",
                "API, idle resident",
                idleApi.ResidentMegabytes,
                "MB",
                Goal: "≤ 150 MB",
                IsMet: idleApi.ResidentMegabytes <= 150
            )
        );
        bench.Report.Add(
            new Figure(
                "start",
                "worker, idle resident",
                idleWorker.ResidentMegabytes,
                "MB",
                Goal: "≤ 150 MB",
                IsMet: idleWorker.ResidentMegabytes <= 150
            )
        );
        await StatementsAsync(bench, database, idleApi, idleWorker);
    }

    private static async Task<double> TimeAsync(ServerProcess process, string path)
    {
        await using (process)
        {
            return (await process.ReadyAsync(path)).TotalSeconds;
        }
    }

    private static Figure Start(string name, List<double> seconds, double? goal)
    {
        double[] sorted = [.. seconds.Order()];
        var median = Outcome.Quantile(sorted, 0.5);
        return new Figure(
            "start",
            name,
            median,
            "s",
            (Outcome.Quantile(sorted, 0.75) - Outcome.Quantile(sorted, 0.25)) / 2 / median,
            goal is null ? null : FormattableString.Invariant($"≤ {goal} s"),
            IsMet: goal is null ? null : median <= goal
        );
    }

    /// <summary>Transactions per second of both processes together, and their processor time.</summary>
    private static async Task StatementsAsync(Bench bench, string database, ServerProcess api, ServerProcess worker)
    {
        const string Sql = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()";
        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        async Task<long> CountAsync()
        {
            await using var command = source.CreateCommand(Sql);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        var (before, cpu) = (await CountAsync(), api.Cpu + worker.Cpu);
        await Task.Delay(TimeSpan.FromSeconds(20));
        var transactions = (await CountAsync() - before) / 20.0;
        bench.Report.Add(
            new Figure("start", "API and worker idle, transactions together", transactions, "/s", Goal: "≤ 4/s", IsMet: transactions <= 4)
        );
        bench.Report.Add(
            new Figure("start", "API and worker idle, processor together", (api.Cpu + worker.Cpu - cpu).TotalMilliseconds / 20, "ms/s")
        );
    }
}
