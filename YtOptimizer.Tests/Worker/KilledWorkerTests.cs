using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Analysis;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Core.OpenAi;
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

    [Fact]
    public async Task Kill_WhileTheModelAnswers_TheNextWorkerFinishes_AndTheLedgerHoldsTheBill()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        await using var rig = new QueueRig(database);
        upstreams.YouTube.Add("dQw4w9WgXcQ", "Pruning tomato plants in summer", "We prune tomato plants step by step in the summer garden. You see which side shoots to remove.", "PT4M", "tomato");
        // Billed, but nobody lives to read it.
        upstreams.OpenAi.Chat.Enqueue(upstreams.OpenAi.BilledThenSilent(promptTokens: 700, completionTokens: 300));
        upstreams.OpenAi.Chat.Default = upstreams.OpenAi.Answer(Suggestions.Answer(), promptTokens: 650, completionTokens: 250);
        var job = await rig.EnqueueAsync(await rig.UserAsync(), AnalysisKinds.Video, payload: """{"kind":"video","url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","videoId":"dQw4w9WgXcQ"}""");
        using (var first = Start(database, upstreams))
        {
            await Eventually.TrueAsync(() => Task.FromResult(upstreams.OpenAi.BilledTokens == 1000), "the model is asked", TimeSpan.FromSeconds(40));
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(Ct);
        }

        using var second = Start(database, upstreams);
        await Eventually.TrueAsync(async () => (await rig.RowAsync(job))!.Status == JobStatus.Completed, "another worker finishes the job", TimeSpan.FromSeconds(90));
        second.Kill(entireProcessTree: true);
        await second.WaitForExitAsync(Ct);
        Assert.Equal(900, await database.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM llm_calls WHERE status = 'settled'", null, Ct));
        Assert.Equal(1, await database.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status <> 'settled'", null, Ct));

        // What the killed process left open counts with its upper bound once its time is over.
        await database.Db.ExecuteAsync("UPDATE llm_calls SET deadline_at = now() - interval '1 second' WHERE status = 'intent'", null, Ct);
        await using var survivor = await TestWorker.StartAsync(database);
        await survivor.Services.GetRequiredService<TokenLedger>().ReconcileAsync(Ct);
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'intent'", null, Ct));
        Assert.Equal(1, await database.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'unknown' AND total_tokens = reserved_tokens", null, Ct));
        Assert.True(await database.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM user_token_usage", null, Ct) >= upstreams.OpenAi.BilledTokens);
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
