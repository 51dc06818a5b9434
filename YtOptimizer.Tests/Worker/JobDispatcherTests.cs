using System.Collections.Concurrent;
using Npgsql;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Worker;

public class JobDispatcherTests(QueueDatabase fixture) : IClassFixture<QueueDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_JobWithEffects_WritesThemWithTheCompletion()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(fixture.Database, (job, progress, _) =>
        {
            progress.Report(new JobProgress(40, "half"));
            return Task.FromResult(
                new JobResult(
                    scope =>
                        scope.ExecuteAsync(
                            "INSERT INTO audits (user_id, job_id, video_url) VALUES (@UserId, @Id, 'x')",
                            new { job.UserId, job.Id }
                        ),
                    "{\"a\":1}",
                    "Title"
                )
            );
        });
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await EndsAsync(rig, job, JobStatus.Completed);
        Assert.Equal(
            "Title {\"a\": 1} 1",
            await rig.Db.ScalarAsync<string>(
                "SELECT video_title || ' ' || result::text || ' ' || (SELECT count(*) FROM audits WHERE job_id = q.id) FROM job_queue q "
                    + "WHERE id = @job",
                new { job },
                Ct
            )
        );
    }

    [Fact]
    public async Task Run_ManyJobsOnTwoWorkers_RunsEachOnce()
    {
        await using var rig = new QueueRig(fixture.Database, ("Jobs:UserDepth", "0"));
        var runs = new ConcurrentBag<Guid>();
        Task<JobResult> Run(ClaimedJob job, IProgress<JobProgress> progress, CancellationToken ct)
        {
            runs.Add(job.Id);
            return Task.FromResult(JobResult.Nothing);
        }

        await using var one = await TestWorker.StartAsync(fixture.Database, Run);
        await using var two = await TestWorker.StartAsync(fixture.Database, Run);
        var jobs = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            var user = await rig.UserAsync();
            jobs.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.EnqueueAsync(user))));
        }

        await Eventually.TrueAsync(
            async () =>
                await rig.Db.ScalarAsync<long>(
                    "SELECT count(*) FROM job_queue WHERE id = ANY (@ids) AND status = 'completed'",
                    new { ids = jobs.ToArray() },
                    Ct
                ) == 200,
            "200 jobs are completed"
        );
        Assert.Equal(jobs.Order(), runs.Order());
    }

    [Fact]
    public async Task Run_TransientFailure_TriesAgainAndSucceeds()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(
            fixture.Database,
            (job, _, _) =>
                job.Attempt < 3
                    ? throw new AnalysisException("upstream_error", "Busy.", isTransient: true)
                    : Task.FromResult(JobResult.Nothing),
            null,
            ("Jobs:BackOffSeconds", "0.01")
        );
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await EndsAsync(rig, job, JobStatus.Completed);
        Assert.Equal(
            (3, "charged", null),
            ((await rig.RowAsync(job))!.Attempts, (await rig.RowAsync(job))!.Quota, (await rig.RowAsync(job))!.ErrorCode)
        );
    }

    [Fact]
    public async Task Run_TransientFailureEveryTime_BecomesADeadLetter()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(
            fixture.Database,
            (_, _, _) => throw new InvalidOperationException("secret detail"),
            null,
            ("Jobs:BackOffSeconds", "0.01")
        );
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await EndsAsync(rig, job, JobStatus.Failed);
        var letter = (await rig.DeadLetters.FindAsync(job, Ct))!;
        Assert.Equal((DeadReason.AttemptsExhausted, "internal_error", 3), (letter.DeadReason, letter.ErrorCode, letter.Attempts));
        Assert.DoesNotContain("secret", letter.ErrorMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UpstreamSaysWhen_IsPostponedWithoutCountingTheAttempt()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(fixture.Database, (_, _, _) =>
            throw new AnalysisException("circuit_open", "Later.", isTransient: true, TimeSpan.FromMinutes(5))
        );
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await Eventually.TrueAsync(
            async () => await rig.RowAsync(job) is { Status: JobStatus.Pending, Deferrals: 1, Attempts: 0 },
            "the job is postponed"
        );
        Assert.True(
            await rig.Db.ScalarAsync<bool>(
                "SELECT scheduled_at > now() + interval '4 minutes' FROM job_queue WHERE id = @job",
                new { job },
                Ct
            )
        );
    }

    [Fact]
    public async Task Run_PermanentFailure_EndsAtOnceAndRefunds()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(fixture.Database, (_, _, _) =>
            throw new AnalysisException("video_not_found", "There is no such video.")
        );
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await EndsAsync(rig, job, JobStatus.Failed);
        var row = (await rig.RowAsync(job))!;
        Assert.Equal((1, "refunded", "video_not_found", null), (row.Attempts, row.Quota, row.ErrorCode, row.DeadReason));
    }

    [Theory]
    [InlineData("video", "{\"kind\":5}", DeadReason.UnreadablePayload)]
    [InlineData("video", "[]", DeadReason.UnreadablePayload)]
    [InlineData("transcript", "null", DeadReason.UnreadablePayload)]
    [InlineData("no-such-type", "{}", DeadReason.UnknownJobType)]
    public async Task Run_WhatCannotBeRead_IsDeadAtOnce(string type, string payload, string reason)
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(fixture.Database);
        var job = await rig.EnqueueAsync(await rig.UserAsync(), type, payload: payload);
        await EndsAsync(rig, job, JobStatus.Failed);
        Assert.Equal((reason, 1), ((await rig.RowAsync(job))!.DeadReason, (await rig.RowAsync(job))!.Attempts));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_RunningJob_StopsItsWork(bool canListen)
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var deaf = NpgsqlDataSource.Create("Host=127.0.0.1;Port=9;Timeout=1");
        var stopped = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(
            fixture.Database,
            async (_, _, ct) =>
            {
                await using var registration = ct.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, ct);
                return JobResult.Nothing;
            },
            canListen ? null : deaf
        );
        var user = await rig.UserAsync();
        var job = await rig.EnqueueAsync(user);
        await Eventually.TrueAsync(async () => (await rig.RowAsync(job))!.Status == JobStatus.Processing, "the job runs");
        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(job, user, Ct));
        await stopped.Task.WaitAsync(Eventually.DefaultDeadline, Ct);
        await Eventually.TrueAsync(() => Task.FromResult(worker.Running.Count == 0), "the slot is free");
        Assert.Equal((JobStatus.Cancelled, "refunded"), ((await rig.RowAsync(job))!.Status, (await rig.RowAsync(job))!.Quota));
    }

    [Fact]
    public async Task Listen_NotPossible_JobsAreFoundByPolling()
    {
        await using var rig = new QueueRig(fixture.Database);
        await using var deaf = NpgsqlDataSource.Create("Host=127.0.0.1;Port=9;Timeout=1");
        await using var worker = await TestWorker.StartAsync(fixture.Database, (_, _, _) => Task.FromResult(JobResult.Nothing), deaf);
        await EndsAsync(rig, await rig.EnqueueAsync(await rig.UserAsync()), JobStatus.Completed);
        Assert.False(worker.Listener.IsListening);
    }

    [Fact]
    public async Task Listen_ConnectionThatHearsNothing_IsNoticed()
    {
        // As behind a transaction pooler: the connection works, but what is sent on the database of the jobs never arrives.
        await using var elsewhere = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(fixture.Database);
        await using var worker = await TestWorker.StartAsync(
            fixture.Database,
            (_, _, _) => Task.FromResult(JobResult.Nothing),
            elsewhere.DataSource
        );
        await EndsAsync(rig, await rig.EnqueueAsync(await rig.UserAsync()), JobStatus.Completed);
        Assert.False(worker.Listener.IsListening);
    }

    [Fact]
    public async Task Stop_WithinTheGrace_LetsJobsFinish()
    {
        await using var rig = new QueueRig(fixture.Database);
        var release = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(fixture.Database, async (_, _, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return JobResult.Nothing;
        });
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await Eventually.TrueAsync(async () => (await rig.RowAsync(job))!.Status == JobStatus.Processing, "the job runs");
        var stopping = worker.StopAsync();
        var late = await rig.EnqueueAsync(await rig.UserAsync());
        release.SetResult();
        await stopping;
        Assert.Equal((JobStatus.Completed, JobStatus.Pending), ((await rig.RowAsync(job))!.Status, (await rig.RowAsync(late))!.Status));
        await rig.Db.ExecuteAsync("DELETE FROM job_queue WHERE id = @late", new { late }, Ct);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_AfterTheGrace_HandsJobsBackUncounted(bool listensToItsToken)
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var never = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(
            database,
            async (_, _, ct) =>
            {
                await never.Task.WaitAsync(listensToItsToken ? ct : CancellationToken.None);
                return JobResult.Nothing;
            },
            null,
            ("Jobs:GraceSeconds", "0.2")
        );
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        await Eventually.TrueAsync(async () => (await rig.RowAsync(job))!.Status == JobStatus.Processing, "the job runs");
        await worker.StopAsync();
        var row = (await rig.RowAsync(job))!;
        Assert.Equal((JobStatus.Pending, 0, 0), (row.Status, row.Attempts, row.Crashes));
        never.SetResult();
    }

    private static Task EndsAsync(QueueRig rig, Guid job, string status) =>
        Eventually.TrueAsync(async () => (await rig.RowAsync(job))!.Status == status, $"the job is {status}");
}
