using Npgsql;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

public class LeaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_ByAZombieAfterAnotherClaim_ChangesNothing()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        var zombie = await rig.ClaimOneAsync("frozen");
        await rig.LapseAsync(job);
        Assert.Equal(1, (await rig.Rescue.RunAsync(Ct)).Requeued);
        var second = await rig.ClaimOneAsync("other");
        Assert.Equal((job, 2), (second.Id, second.Attempt));

        var effects = 0;
        Task Effect(YtOptimizer.Core.Data.DbScope scope)
        {
            effects++;
            return scope.ExecuteAsync(
                "INSERT INTO system_logs (log_level, category, service_name, message) VALUES ('info', 'test', 'test', 'effect')"
            );
        }

        Assert.False(await rig.Leases.CompleteAsync(zombie.Lease, null, null, Effect, Ct));
        Assert.Empty(await rig.Leases.CompleteManyAsync([zombie.Lease], Ct));
        Assert.False(await rig.Leases.FailAsync(zombie.Lease, "x", "x", null, null, Ct));
        Assert.False(await rig.Leases.RetryAsync(zombie.Lease, TimeSpan.Zero, false, "x", "x", Ct));
        Assert.Empty(await rig.Leases.ReleaseAsync([zombie.Lease], Ct));
        Assert.Empty(await rig.Leases.HeartbeatAsync([zombie.Lease], Ct));
        await rig.Leases.ReportAsync(zombie.Lease, new JobProgress(70, "zombie"), Ct);
        Assert.Equal(0, effects);
        Assert.Equal((JobStatus.Processing, 0), ((await rig.RowAsync(job))!.Status, (await rig.RowAsync(job))!.Progress));

        Assert.True(await rig.Leases.CompleteAsync(second.Lease, null, null, Effect, Ct));
        Assert.False(await rig.Leases.CompleteAsync(second.Lease, null, null, Effect, Ct));
        Assert.Equal(1, effects);
        Assert.Equal((JobStatus.Completed, "charged"), ((await rig.RowAsync(job))!.Status, (await rig.RowAsync(job))!.Quota));
    }

    [Fact]
    public async Task Complete_EffectsFail_LeaveTheJobRunning()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        var claimed = await rig.ClaimOneAsync();
        await Assert.ThrowsAsync<PostgresException>(() =>
            rig.Leases.CompleteAsync(claimed.Lease, null, null, scope => scope.ExecuteAsync("SELECT 1/0"), Ct)
        );
        Assert.Equal((JobStatus.Processing, "reserved"), ((await rig.RowAsync(job))!.Status, (await rig.RowAsync(job))!.Quota));
    }

    [Fact]
    public async Task Complete_ByAProcessFrozenInTheMiddle_LosesItsLocksToTheServer()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        var frozen = await rig.ClaimOneAsync("frozen");
        var (inside, thaw) = (new TaskCompletionSource(), new TaskCompletionSource());
        var completing = rig.Leases.CompleteAsync(
            frozen.Lease,
            null,
            null,
            _ =>
            {
                inside.SetResult();
                return thaw.Task;
            },
            Ct
        );
        await inside.Task.WaitAsync(Eventually.DefaultDeadline, Ct);
        // It holds the job's row and says nothing; others get the job nevertheless.
        var second = await Eventually.ValueAsync<ClaimedJob>(
            async () =>
            {
                await rig.LapseAsync(job).WaitAsync(Eventually.DefaultDeadline, Ct);
                await rig.Rescue.SweepAsync(Ct);
                return (await rig.Leases.TakeOverAsync("w", 1, 1, Ct)).SingleOrDefault();
            },
            "the job is taken over"
        );
        thaw.SetResult();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => completing);
        Assert.True(await rig.Leases.CompleteAsync(second.Lease, null, null, _ => Task.CompletedTask, Ct));
    }

    [Fact]
    public async Task Heartbeat_ByTheDatabasesClock_KeepsTheJob()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        var claimed = await rig.ClaimOneAsync();
        await rig.LapseAsync(job);
        Assert.Equal([job], await rig.Leases.HeartbeatAsync([claimed.Lease], Ct));
        Assert.Equal(0, (await rig.Rescue.RunAsync(Ct)).Requeued);
    }

    [Fact]
    public async Task Report_LowerPercentage_IsDropped()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        var claimed = await rig.ClaimOneAsync();
        var seen = new List<(int, int)>();
        foreach (var percent in (int[])[10, 40, 20, 40, 70, 100])
        {
            await rig.Leases.ReportAsync(claimed.Lease, new JobProgress(percent, "s"), Ct);
            var row = (await rig.RowAsync(job))!;
            seen.Add((row.Progress, row.EventSeq));
        }

        Assert.Equal([10, 40, 40, 40, 70, 99], seen.Select(pair => pair.Item1));
        Assert.Equal(4, seen.Select(pair => pair.Item2).Distinct().Count());
    }

    [Fact]
    public async Task Release_StoppingWorker_DoesNotCountTheAttempt()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        for (var i = 0; i < 5; i++)
        {
            var claimed = await rig.ClaimOneAsync();
            Assert.Equal(1, claimed.Attempt);
            Assert.Equal([job], await rig.Leases.ReleaseAsync([claimed.Lease], Ct));
        }
    }

    [Fact]
    public async Task Update_OfAFinishedJobByPlainSql_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var job = await rig.EnqueueAsync(await rig.UserAsync());
        Assert.True(await rig.Leases.CompleteAsync((await rig.ClaimOneAsync()).Lease, null, null, _ => Task.CompletedTask, Ct));
        foreach (
            var change in (string[])["status = 'failed'", "status = 'pending'", "progress = 5", "result = '{}'", "completed_at = now()"]
        )
        {
            await Assert.ThrowsAsync<PostgresException>(() =>
                rig.Db.ExecuteAsync($"UPDATE job_queue SET {change} WHERE id = @job", new { job }, Ct)
            );
        }
    }

    /// <summary>1,000 jobs are cancelled while they finish: each ends in one state, and the ledger agrees with it.</summary>
    [Fact]
    public async Task CancelAgainstComplete_AThousandRaces_EachEndsInOneState()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserDepth", "0"), ("Jobs:UserRunning", "10000"));
        var user = await rig.UserAsync();
        for (var i = 0; i < 1000; i += 50)
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rig.EnqueueAsync(user)));
            var claimed = new List<ClaimedJob>();
            while (claimed.Count < 50)
            {
                claimed.AddRange(await rig.Leases.ClaimAsync("w", 50, 1, Ct));
            }

            var ends = await Task.WhenAll(
                claimed.Select(
                    async (job, index) =>
                    {
                        var complete = Task.Run(
                            () =>
                                rig.Leases.CompleteAsync(
                                    job.Lease,
                                    null,
                                    null,
                                    scope =>
                                        scope.ExecuteAsync(
                                            "INSERT INTO audits (id, user_id, job_id, video_url) VALUES (gen_random_uuid(), @user, @Id, "
                                                + "'https://www.youtube.com/watch?v=x')",
                                            new { user, job.Id }
                                        ),
                                    Ct
                                ),
                            Ct
                        );
                        var cancel = Task.Run(() => rig.Cancellation.CancelAsync(job.Id, user, Ct), Ct);
                        return (job.Id, Completed: await complete, Answer: await cancel);
                    }
                )
            );
            Assert.All(ends, end => Assert.Equal(end.Completed ? JobStatus.Completed : JobStatus.Cancelled, end.Answer));
        }

        var facts = await rig.Db.QueryAsync<string>(
            """
            SELECT q.status || ' ' || r.state || ' ' || (SELECT count(*) FROM audits a WHERE a.job_id = q.id)
            FROM job_queue q JOIN quota_reservations r ON r.job_id = q.id WHERE q.user_id = @user
            """,
            new { user },
            Ct
        );
        Assert.Equal(1000, facts.Count);
        Assert.All(facts, fact => Assert.Contains(fact, (string[])["completed charged 1", "cancelled refunded 0"]));
    }
}
