using System.Collections.Concurrent;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

/// <summary>Who is served next. Each test has a database of its own: a claim sees everybody's jobs.</summary>
public class ClaimTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_OneJobBehindAThousandOfAnother_IsServedSecond()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "10000"));
        var (many, one) = (await rig.UserAsync(), await rig.UserAsync());
        await rig.FillAsync(many, 1000);
        await rig.Rescue.RunAsync(Ct);
        var first = await rig.ClaimOneAsync();
        var single = await rig.EnqueueAsync(one);
        var next = new[] { await rig.ClaimOneAsync(), await rig.ClaimOneAsync() };
        Assert.Equal(many, first.UserId);
        Assert.Contains(next, job => job.Id == single);
    }

    [Fact]
    public async Task Claim_ManyUsers_TakesTurns()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "10000"));
        var users = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            users.Add(await rig.UserAsync());
            await rig.FillAsync(users[i], 50 * (i + 1));
        }

        await rig.Rescue.RunAsync(Ct);
        var served = new List<Guid>();
        for (var i = 0; i < 200; i++)
        {
            served.Add((await rig.ClaimOneAsync()).UserId);
        }

        Assert.All(users, user => Assert.Equal(20, served.Count(id => id == user)));
    }

    [Fact]
    public async Task Claim_WeightsTenToOne_HoldWithinTenPercent()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "10000"));
        var (heavy, light) = (await rig.UserAsync(), await rig.UserAsync());
        await rig.FillAsync(heavy, 2000);
        await rig.FillAsync(light, 2000);
        await rig.Rescue.RunAsync(Ct);
        await rig.Db.ExecuteAsync("UPDATE job_lanes SET weight = 10, credit = 10 WHERE user_id = @heavy", new { heavy }, Ct);
        var served = new List<Guid>();
        foreach (var size in Enumerable.Repeat(new[] { 1, 3, 7, 2, 20 }, 35).SelectMany(sizes => sizes))
        {
            served.AddRange((await rig.Leases.ClaimAsync("w", size, 1, Ct)).Select(job => job.UserId));
        }

        var ratio = served.Count(id => id == heavy) / (double)served.Count(id => id == light);
        Assert.InRange(ratio, 9, 11);
    }

    [Fact]
    public async Task Claim_ParallelWorkers_NeverShareAJobNorExceedTheUsersCap()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "5"), ("Jobs:UserDepth", "0"));
        for (var i = 0; i < 8; i++)
        {
            await rig.FillAsync(await rig.UserAsync(), 40);
        }

        await rig.Rescue.RunAsync(Ct);
        var seen = new ConcurrentBag<Guid>();
        var most = new ConcurrentBag<long>();
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async worker =>
                {
                    while (seen.Count < 320)
                    {
                        var jobs = await rig.Leases.ClaimAsync($"w{worker}", 1 + (worker * 3), 1, Ct);
                        most.Add(
                            await rig.Db.ScalarAsync<long>(
                                "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM job_queue WHERE status = 'processing' GROUP "
                                    + "BY user_id) g",
                                null,
                                Ct
                            )
                        );
                        foreach (var job in jobs)
                        {
                            seen.Add(job.Id);
                        }

                        await rig.Leases.CompleteManyAsync([.. jobs.Select(job => job.Lease)], Ct);
                        if (jobs.Count == 0)
                        {
                            await rig.Rescue.RunAsync(Ct);
                        }
                    }
                })
        );
        Assert.Equal(320, seen.Distinct().Count());
        Assert.Equal(320, seen.Count);
        Assert.InRange(most.Max(), 1, 5);
    }

    [Fact]
    public async Task Claim_HigherPriority_GoesFirstUntilTheOthersHaveWaitedLongEnough()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var aged = await rig.EnqueueAsync(user);
        await rig.Db.ExecuteAsync("UPDATE job_queue SET scheduled_at = now() - interval '6 minutes' WHERE id = @aged", new { aged }, Ct);
        var normal = await rig.EnqueueAsync(user);
        var high = await rig.EnqueueAsync(user, priority: 5);
        var order = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            order.Add((await rig.ClaimOneAsync()).Id);
        }

        // Five levels are worth five minutes: six minutes of waiting win, none do not.
        Assert.Equal([aged, high, normal], order);
    }

    [Fact]
    public async Task Claim_HigherPriorityOfAnotherUser_GoesFirst()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        for (var i = 0; i < 5; i++)
        {
            await rig.EnqueueAsync(await rig.UserAsync());
        }

        var high = await rig.EnqueueAsync(await rig.UserAsync(), priority: 3);
        Assert.Equal(high, (await rig.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Claim_PostponedJob_WaitsAndIsThenFoundByTheSweep()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        var job = QueueRig.Job(user) with { ScheduledAt = TimeProvider.System.GetUtcNow().AddHours(1) };
        await rig.Queue.EnqueueAsync(job, Ct);
        await rig.Rescue.RunAsync(Ct);
        Assert.Empty(await rig.Leases.ClaimAsync("w", 10, 1, Ct));

        await rig.Db.ExecuteAsync("UPDATE job_queue SET scheduled_at = now() WHERE id = @Id", new { job.Id }, Ct);
        Assert.Equal(1, (await rig.Rescue.RunAsync(Ct)).Lanes);
        Assert.Equal(job.Id, (await rig.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Claim_LaneParkedAtTheCap_WakesWhenAJobEnds()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserRunning", "1"));
        var user = await rig.UserAsync();
        await rig.EnqueueAsync(user);
        await rig.EnqueueAsync(user);
        var first = await rig.ClaimOneAsync();
        Assert.Empty(await rig.Leases.ClaimAsync("w", 10, 1, Ct));
        Assert.True(await rig.Leases.CompleteAsync(first.Lease, null, null, _ => Task.CompletedTask, Ct));
        Assert.NotEqual(first.Id, (await rig.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Claim_JobsThatEndedTwoProcesses_AreTakenOneAtATime()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        for (var i = 0; i < 4; i++)
        {
            await rig.EnqueueAsync(user);
        }

        await rig.Db.ExecuteAsync(
            "UPDATE job_queue SET crashes = 2, attempts = 2 WHERE id IN (SELECT id FROM job_queue ORDER BY created_at LIMIT 3)",
            null,
            Ct
        );
        var taken = await rig.Leases.ClaimAsync("w", 10, 1, Ct);
        Assert.Equal([0, 2], taken.Select(job => job.Crashes).Order());
        Assert.Empty(await rig.Leases.ClaimAsync("w", 10, 0, Ct));
        Assert.Single(await rig.Leases.ClaimAsync("other", 10, 1, Ct));
    }
}
