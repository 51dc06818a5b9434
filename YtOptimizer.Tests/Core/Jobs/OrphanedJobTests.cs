using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

/// <summary>Jobs whose workers died: taken over, set aside or ended.</summary>
public class OrphanedJobTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rescue_JobThatEndsItsProcessThreeTimes_IsQuarantinedAndRefunded()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var job = await rig.EnqueueAsync(user);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, (await rig.ClaimOneAsync()).Attempt);
            await rig.LapseAsync(job);
            await rig.Rescue.RunAsync(Ct);
        }

        var row = (await rig.RowAsync(job))!;
        Assert.Equal((JobStatus.Failed, DeadReason.Poison, 3, "refunded"), (row.Status, row.DeadReason, row.Attempts, row.Quota));
        Assert.Empty(await rig.Leases.ClaimAsync("w", 10, 1, Ct));
        Assert.Equal(job, Assert.Single(await rig.DeadLetters.ListAsync(10, Ct)).Id);
        Assert.Equal(
            1,
            await rig.Db.ScalarAsync<long>(
                "SELECT count(*) FROM notifications WHERE user_id = @user AND severity = 'error'",
                new { user },
                Ct
            )
        );

        Assert.Equal("restarted", (await rig.DeadLetters.RedriveAsync(job, Ct))!.Outcome);
        Assert.Empty(await rig.DeadLetters.ListAsync(10, Ct));
        Assert.Equal(1, (await rig.ClaimOneAsync()).Attempt);
        Assert.Equal("reserved", (await rig.RowAsync(job))!.Quota);
    }

    [Fact]
    public async Task Rescue_JobWhoseWorkersDieWithOthersBesideIt_IsTakenOverAndNotCondemned()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var jobs = new[] { await rig.EnqueueAsync(user), await rig.EnqueueAsync(user) };
        await rig.Leases.ClaimAsync("w0", 2, 2, Ct);
        for (var death = 1; death <= 5; death++)
        {
            await rig.LapseAsync(jobs[0]);
            var found = await rig.Rescue.SweepAsync(Ct);
            Assert.Equal((2, 0, 0, 2L), (found.Orphaned, found.Requeued, found.Quarantined, found.Waiting));
            var taken = await rig.Leases.TakeOverAsync($"w{death}", 10, 10, Ct);
            Assert.Equal(jobs.Order(), taken.Select(job => job.Id).Order());
            Assert.All(taken, job => Assert.Equal((death + 1, death), (job.Attempt, job.Crashes)));
        }

        // What failed by itself counts, what died with its worker does not.
        var row = (await rig.RowAsync(jobs[0]))!;
        Assert.Equal((JobStatus.Processing, 5), (row.Status, row.Crashes));
    }

    [Fact]
    public async Task Rescue_JobThatNeverStopsLosingWorkers_IsSetAsideAtTheBound()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var jobs = new[] { await rig.EnqueueAsync(user), await rig.EnqueueAsync(user) };
        await rig.Db.ExecuteAsync("UPDATE job_queue SET crashes = 9, attempts = 9 WHERE id = @id", new { id = jobs[0] }, Ct);
        await rig.Leases.ClaimAsync("w", 2, 2, Ct);
        await rig.LapseAsync(jobs[0]);
        Assert.Equal((1, 1L), ((await rig.Rescue.SweepAsync(Ct)) is var found ? (found.Quarantined, found.Waiting) : default));
        Assert.Equal(
            (JobStatus.Failed, DeadReason.Poison, "refunded"),
            (await rig.RowAsync(jobs[0])) is { } row ? (row.Status, row.DeadReason, row.Quota) : default
        );
    }

    [Fact]
    public async Task TakeOver_OfOrphans_ComesBeforeTurnsAndKeepsTheUsersPlaces()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "1"));
        var user = await rig.UserAsync();
        var lost = await rig.EnqueueAsync(user);
        var next = await rig.EnqueueAsync(user);
        await rig.ClaimOneAsync("dead");
        await rig.LapseAsync(lost);
        await rig.Rescue.SweepAsync(Ct);
        Assert.Empty(await rig.Leases.ClaimAsync("w", 10, 1, Ct));
        Assert.Equal(lost, Assert.Single(await rig.Leases.TakeOverAsync("w", 10, 1, Ct)).Id);
        Assert.Empty(await rig.Leases.TakeOverAsync("w", 10, 1, Ct));
        Assert.Equal(JobStatus.Pending, (await rig.RowAsync(next))!.Status);
    }

    [Fact]
    public async Task Cancel_OfAnOrphan_EndsIt()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var job = await rig.EnqueueAsync(user);
        await rig.ClaimOneAsync("dead");
        await rig.LapseAsync(job);
        await rig.Rescue.SweepAsync(Ct);
        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(job, user, Ct));
        Assert.Empty(await rig.Leases.TakeOverAsync("w", 10, 1, Ct));
    }
}
