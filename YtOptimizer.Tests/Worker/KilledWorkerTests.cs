using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Worker;

/// <summary>Real worker processes, killed, frozen and stopped by real signals.</summary>
public sealed class KilledWorkerTests
{
    private const string Video = "dQw4w9WgXcQ";
    private const string Payload = """{"kind":"video","url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","videoId":"dQw4w9WgXcQ"}""";

    /// <summary>Processes start slowly where everything runs at once.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_WhileAJobRunsAlone_AnotherWorkerTakesItAndTheThirdKillSetsItAside()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.YouTube.Default = FakeReply.Hang();
        await using var rig = new QueueRig(database);
        var poison = await rig.EnqueueAsync(await rig.UserAsync(), AnalysisKinds.Video, payload: Payload);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await using var worker = StartedWorker.Start(database, upstreams);
            await Eventually.TrueAsync(
                async () => await rig.RowAsync(poison) is { Status: JobStatus.Processing } row && row.Attempts == attempt,
                $"attempt {attempt} runs",
                TimeLimit
            );
            await worker.KillAsync();
        }

        await using var survivor = await TestWorker.StartAsync(
            database,
            (_, _, _) => Task.FromResult(JobResult.Nothing),
            null,
            ("Jobs:LeaseSeconds", "2"),
            ("Jobs:HeartbeatSeconds", "0.5")
        );
        await Eventually.TrueAsync(async () => (await rig.RowAsync(poison))!.Status == JobStatus.Failed, "the job is set aside");
        var row = (await rig.RowAsync(poison))!;
        Assert.Equal((DeadReason.Poison, 3, 3, "refunded"), (row.DeadReason, row.Attempts, row.Crashes, row.Quota));
        var next = await rig.EnqueueAsync(await rig.UserAsync());
        await Eventually.TrueAsync(async () => (await rig.RowAsync(next))!.Status == JobStatus.Completed, "other jobs run");
    }

    [Fact]
    public async Task Suspect_InAProcessOfItsOwn_CompletesOrIsCondemnedByItsDeath()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Finds the process in /proc.");
        }

        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.YouTube.Add(Video, "A video that was unlucky twice");
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var unlucky = await SuspectAsync(rig, user, Video);
        await using var worker = StartedWorker.Start(database, upstreams);
        await Eventually.TrueAsync(
            async () => (await rig.RowAsync(unlucky))!.Status == JobStatus.Completed,
            "the other job completes",
            TimeLimit
        );
        Assert.True(worker.Says("process of its own"));
        Assert.Equal(1, await rig.Db.ScalarAsync<long>("SELECT count(*) FROM audits WHERE job_id = @unlucky", new { unlucky }, Ct));

        upstreams.YouTube.Default = FakeReply.Hang();
        var calls = upstreams.YouTube.Calls.Count;
        var guilty = await SuspectAsync(rig, user, "guilty-0000");
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count > calls), "the suspect runs", TimeLimit);
        foreach (var child in worker.Children())
        {
            child.Kill();
            child.Dispose();
        }

        await Eventually.TrueAsync(
            async () => (await rig.RowAsync(guilty))!.Status == JobStatus.Failed,
            "the guilty job is set aside",
            TimeLimit
        );
        var row = (await rig.RowAsync(guilty))!;
        Assert.Equal((DeadReason.Poison, "worker_lost", 3, "refunded"), (row.DeadReason, row.ErrorCode, row.Attempts, row.Quota));
        Assert.False(worker.HasExited);

        // Cancelled, its process ends with it.
        calls = upstreams.YouTube.Calls.Count;
        var cancelled = await SuspectAsync(rig, user, "cancelled-0");
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count > calls), "the next suspect runs", TimeLimit);
        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(cancelled, user, Ct));
        await Eventually.TrueAsync(() => Task.FromResult(worker.Children().Count == 0), "no process is left", TimeLimit);
        Assert.Equal(JobStatus.Cancelled, (await rig.RowAsync(cancelled))!.Status);
    }

    /// <summary>The worker is frozen while its job runs, the job is done by another, and then it wakes and gets its answer.</summary>
    [Fact]
    public async Task Freeze_UntilAnotherWorkerIsDone_TheZombieChangesNothing()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs SIGSTOP.");
        }

        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.YouTube.Add(Video, "A video that is analysed once");
        var answer = new TaskCompletionSource();
        var video = upstreams.YouTube.Default;
        upstreams.YouTube.Enqueue(
            new FakeReply(async context =>
            {
                await answer.Task;
                await video.SendAsync(context);
            })
        );
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync(), AnalysisKinds.Video, payload: Payload);
        await using var zombie = StartedWorker.Start(database, upstreams);
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count == 1), "the job asks its upstream", TimeLimit);
        await zombie.SignalAsync("STOP");
        await using var other = StartedWorker.Start(database, upstreams);
        await Eventually.TrueAsync(
            async () => (await rig.RowAsync(job))!.Status == JobStatus.Completed,
            "another worker completes the job",
            TimeLimit
        );
        var before = await FactsAsync(rig, job);
        answer.SetResult();
        await zombie.SignalAsync("CONT");
        await Eventually.TrueAsync(
            () => Task.FromResult(zombie.Says("was cancelled or taken over") || zombie.Says("its lease was gone")),
            "the zombie learns that the job is not its own",
            TimeLimit
        );
        Assert.False(zombie.HasExited);
        Assert.Equal(before, await FactsAsync(rig, job));
        Assert.StartsWith("completed 100 2 1 | audits 1 | charged 1", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_TwiceWhileAJobRuns_HandsItBackUncounted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs SIGTERM.");
        }

        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.YouTube.Default = FakeReply.Hang();
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync(), AnalysisKinds.Video, payload: Payload);
        // Its lease lasts: a busy machine that renews late is not what this is about.
        await using var worker = StartedWorker.Start(database, upstreams, ("Jobs__GraceSeconds", "1"), ("Jobs__LeaseSeconds", "60"));
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count == 1), "the job asks its upstream", TimeLimit);
        await worker.SignalAsync("TERM");
        await worker.SignalAsync("TERM");
        Assert.Equal(0, await worker.ExitCodeAsync());
        var row = (await rig.RowAsync(job))!;
        Assert.Equal((JobStatus.Pending, 0, 0, "reserved"), (row.Status, row.Attempts, row.Crashes, row.Quota));
    }

    [Fact]
    public async Task Cancel_OfARunningJob_CutsItsCallToTheUpstream()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        var cut = new TaskCompletionSource();
        upstreams.YouTube.Default = new FakeReply(async context =>
        {
            await using var registration = context.RequestAborted.Register(() => cut.TrySetResult());
            await cut.Task;
        });
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var job = await rig.EnqueueAsync(user, AnalysisKinds.Video, payload: Payload);
        // Its lease lasts: a busy machine that renews late is not what this is about.
        await using var worker = StartedWorker.Start(database, upstreams, ("Jobs__LeaseSeconds", "60"));
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count == 1), "the job asks its upstream", TimeLimit);
        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(job, user, Ct));
        // The call's own timeout is longer than this.
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(8), Ct);
        Assert.Equal(
            "cancelled 0 | audits 0 | refunded",
            await rig.Db.ScalarAsync<string>(
                """
                SELECT q.status || ' ' || q.crashes || ' | audits ' || (SELECT count(*) FROM audits WHERE job_id = q.id) || ' | '
                    || (SELECT state FROM quota_reservations WHERE job_id = q.id)
                FROM job_queue q WHERE q.id = @job
                """,
                new { job },
                Ct
            )
        );
    }

    private static async Task<Guid> SuspectAsync(QueueRig rig, Guid user, string video)
    {
        // Not due until it has the past it needs.
        var job = QueueRig.Job(user, AnalysisKinds.Video, payload: Payload.Replace(Video, video, StringComparison.Ordinal)) with
        {
            ScheduledAt = TimeProvider.System.GetUtcNow().AddHours(1),
        };
        await rig.Queue.EnqueueAsync(job, Ct);
        await rig.Db.ExecuteAsync(
            "UPDATE job_queue SET crashes = 2, attempts = 2, scheduled_at = now() WHERE id = @Id",
            new { job.Id },
            Ct
        );
        return job.Id;
    }

    private static Task<string?> FactsAsync(QueueRig rig, Guid job) =>
        rig.Db.ScalarAsync<string>(
            """
            SELECT q.status || ' ' || q.progress || ' ' || q.attempts || ' ' || q.crashes || ' | audits ' || (SELECT count(*) FROM audits
                WHERE job_id = q.id)
                || ' | charged ' || (SELECT count(*) FROM quota_reservations WHERE job_id = q.id AND state = 'charged')
                || ' | told ' || (SELECT count(*) FROM notifications WHERE metadata ->> 'jobId' = q.id::text) || ' | ' || q.completed_at
                    || ' ' || q.event_seq || ' ' || q.result
            FROM job_queue q WHERE q.id = @job
            """,
            new { job },
            Ct
        );
}
