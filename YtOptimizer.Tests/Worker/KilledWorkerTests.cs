using System.Diagnostics;
using YtOptimizer.Core.Analysis;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Worker;

/// <summary>Real worker processes and a real SIGKILL.</summary>
public class KilledWorkerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_WhileAJobRuns_AnotherWorkerFinishesItAndTheThirdKillSetsItAside()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.YouTube.Default = new FakeReply(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var rig = new QueueRig(database);
        var poison = await rig.EnqueueAsync(await rig.UserAsync(), AnalysisKinds.Video, payload: """{"kind":"video","url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","videoId":"dQw4w9WgXcQ"}""");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            using var process = Start(database, upstreams);
            await Eventually.TrueAsync(async () => await rig.RowAsync(poison) is { Status: JobStatus.Processing } row && row.Attempts == attempt, $"attempt {attempt} runs", TimeSpan.FromSeconds(40));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Ct);
        }

        await using var survivor = await TestWorker.StartAsync(database, (_, _, _) => Task.FromResult(JobResult.Nothing), null, ("Jobs:LeaseSeconds", "2"), ("Jobs:HeartbeatSeconds", "0.5"));
        await Eventually.TrueAsync(async () => (await rig.RowAsync(poison))!.Status == JobStatus.Failed, "the job is set aside");
        var row = (await rig.RowAsync(poison))!;
        Assert.Equal((DeadReason.Poison, 3, 3, "refunded"), (row.DeadReason, row.Attempts, row.Crashes, row.Quota));
        var next = await rig.EnqueueAsync(await rig.UserAsync());
        await Eventually.TrueAsync(async () => (await rig.RowAsync(next))!.Status == JobStatus.Completed, "other jobs run");
    }

    private static Process Start(TestDatabase database, FakeUpstreams upstreams)
    {
        var dll = typeof(IJobHandler).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [dll]) { UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(dll)!, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in upstreams.Settings)
        {
            info.Environment[key] = value;
        }

        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["ConnectionStrings__ytoptimizer"] = database.ConnectionString;
        info.Environment["JWT_SECRET"] = Tokens.NewSecret();
        info.Environment["FRONTEND_URL"] = "http://localhost:4200";
        info.Environment["Jobs__LeaseSeconds"] = "2";
        info.Environment["Jobs__HeartbeatSeconds"] = "0.5";
        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
