using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

public class EnqueueTests(QueueDatabase fixture) : IClassFixture<QueueDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_ParallelOverTheUsersCap_AdmitsExactlyTheCap()
    {
        await using var rig = new QueueRig(fixture.Database, ("Jobs:UserDepth", "20"));
        var user = await rig.UserAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct)));
        Assert.Equal(20, results.Count(result => result.Outcome == EnqueueOutcome.Created));
        Assert.Equal(20, results.Count(result => result is { Outcome: EnqueueOutcome.UserFull, Used: 20, Allowed: 20 }));
        Assert.Equal(20, await rig.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @user", new { user }, Ct));
    }

    [Fact]
    public async Task Enqueue_RunningJobs_CountAgainstTheUsersCap()
    {
        await using var rig = new QueueRig(fixture.Database, ("Jobs:UserDepth", "2"));
        var user = await rig.UserAsync();
        await rig.EnqueueAsync(user);
        await ClaimAllAsync(rig);
        await rig.EnqueueAsync(user);
        Assert.Equal(EnqueueOutcome.UserFull, (await rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct)).Outcome);
    }

    [Fact]
    public async Task Enqueue_ParallelOverTheQuota_ReservesExactlyThePlan()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync("free");
        var results = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct)));
        Assert.Equal(5, results.Count(result => result.Outcome == EnqueueOutcome.Created));
        Assert.All(results.Where(result => result.Outcome != EnqueueOutcome.Created), result =>
        {
            Assert.Equal((EnqueueOutcome.QuotaExceeded, 5, 5), (result.Outcome, result.Used, result.Allowed));
            Assert.True(result.ResetsAt > TimeProvider.System.GetUtcNow().UtcDateTime);
        });
        Assert.Equal(
            5,
            await rig.Db.ScalarAsync<long>(
                "SELECT count(*) FROM quota_reservations WHERE user_id = @user AND state = 'reserved'",
                new { user },
                Ct
            )
        );
    }

    [Fact]
    public async Task Enqueue_QuotaOfACancelledJob_IsFreeAgain()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync("free");
        Guid last = default;
        for (var i = 0; i < 5; i++)
        {
            last = await rig.EnqueueAsync(user);
        }

        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(last, user, Ct));
        await rig.EnqueueAsync(user);
        Assert.Equal(EnqueueOutcome.QuotaExceeded, (await rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct)).Outcome);
    }

    [Fact]
    public async Task Enqueue_PeriodThatEnded_StartsANewOne()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync("free");
        for (var i = 0; i < 5; i++)
        {
            await rig.EnqueueAsync(user);
        }

        await rig.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET current_period_start = current_period_start - interval '1 month 1 day', current_period_end = "
                + "now() - interval '1 day' WHERE user_id = @user",
            new { user },
            Ct
        );
        await rig.EnqueueAsync(user);
    }

    [Fact]
    public async Task Enqueue_SameKeyInParallel_MakesOneJobAndOneAnswer()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync();
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    rig.Queue.EnqueueAsync(
                        QueueRig.Job(user) with
                        {
                            IdempotencyKey = "k",
                            RequestHash = [1],
                            Response = $"answer {i}",
                        },
                        Ct
                    )
                )
        );
        Assert.Single(results, result => result.Outcome == EnqueueOutcome.Created);
        Assert.Equal(19, results.Count(result => result.Outcome == EnqueueOutcome.Replayed));
        Assert.Single(results.Select(result => (result.JobId, result.Response)).Distinct());
        Assert.Equal(1, await rig.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @user", new { user }, Ct));
    }

    [Fact]
    public async Task Enqueue_SameKeyForAnotherRequest_IsAConflict()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync();
        await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { IdempotencyKey = "k", RequestHash = [1] }, Ct);
        Assert.Equal(
            EnqueueOutcome.KeyConflict,
            (await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { IdempotencyKey = "k", RequestHash = [2] }, Ct)).Outcome
        );
    }

    [Fact]
    public async Task Enqueue_ExpiredKey_IsNew()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync();
        await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { IdempotencyKey = "k", RequestHash = [1] }, Ct);
        await rig.Db.ExecuteAsync(
            "UPDATE idempotency_keys SET expires_at = now() - interval '1 second' WHERE user_id = @user",
            new { user },
            Ct
        );
        Assert.Equal(
            EnqueueOutcome.Created,
            (await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { IdempotencyKey = "k", RequestHash = [2] }, Ct)).Outcome
        );
    }

    [Fact]
    public async Task Enqueue_SameRequestAgainWithoutKey_FindsTheUnfinishedJob()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync();
        var first = await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { RequestHash = [7] }, Ct);
        var again = await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { RequestHash = [7] }, Ct);
        Assert.Equal((EnqueueOutcome.Duplicate, first.JobId), (again.Outcome, again.JobId));

        await rig.Cancellation.CancelAsync(first.JobId!.Value, user, Ct);
        Assert.Equal(EnqueueOutcome.Created, (await rig.Queue.EnqueueAsync(QueueRig.Job(user) with { RequestHash = [7] }, Ct)).Outcome);
    }

    [Fact]
    public async Task Enqueue_FullQueue_IsRefusedForEverybody()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var filler = new QueueRig(database);
        await filler.FillAsync(await filler.UserAsync(), 10);
        await using var rig = new QueueRig(database, ("Jobs:GlobalDepth", "10"));
        Assert.Equal(EnqueueOutcome.QueueFull, (await rig.Queue.EnqueueAsync(QueueRig.Job(await rig.UserAsync()), Ct)).Outcome);
    }

    private static async Task ClaimAllAsync(QueueRig rig)
    {
        while ((await rig.Leases.ClaimAsync("all", 100, 1, Ct)).Count > 0) { }
    }
}
