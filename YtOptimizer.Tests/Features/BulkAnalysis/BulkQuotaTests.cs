using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.BulkAnalysis;

/// <summary>All of a batch fits the plan or nothing is taken; and a batch delays nobody.</summary>
public sealed class BulkQuotaTests(BulkFixture api) : IClassFixture<BulkFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_LargerThanWhatIsLeft_Is402AndSaysHowManyAre()
    {
        var user = await api.UserAsync("pro");
        await BulkCalls.StartAsync(user, new { videos = api.Videos(42) });
        var problem = await BulkCalls.RefusedAsync(user, new { videos = api.Videos(9) }, HttpStatusCode.PaymentRequired, "quota_exceeded");
        Assert.Equal((8, 42, 50), (problem.Number("left"), problem.Number("used"), problem.Number("limit")));
        Assert.Equal(42, await ReservedAsync(user));
        await BulkCalls.StartAsync(user, new { videos = api.Videos(8) });
        Assert.Equal(50, await ReservedAsync(user));
        var single = await user.Client.PostAsJsonAsync("/api/v1/analyze/video", new { configuration = new { url = api.Videos(1)[0] } }, Ct);
        Assert.Equal(HttpStatusCode.PaymentRequired, single.StatusCode);
        Assert.Equal(
            ["Monthly analyses used up"],
            await api.Database.Db.QueryAsync<string>(
                "SELECT title FROM notifications WHERE user_id = @Id AND type = 'usage' AND title LIKE 'Monthly%'",
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task Bonus_ExtendsWhatABatchMayTake()
    {
        var user = await api.UserAsync("pro");
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO quota_bonuses (id, user_id, credits, reason) VALUES (gen_random_uuid(), @Id, 10, 'test')",
            new { user.Id },
            Ct
        );
        await BulkCalls.StartAsync(user, new { videos = api.Videos(45) });
        await BulkCalls.StartAsync(user, new { videos = api.Videos(15) });
        var problem = await BulkCalls.RefusedAsync(user, new { videos = api.Videos(1) }, HttpStatusCode.PaymentRequired, "quota_exceeded");
        Assert.Equal((0, 60), (problem.Number("left"), problem.Number("limit")));
    }

    [Fact]
    public async Task TwentyBatchesAtOnce_NeverPassTheQuota()
    {
        var user = await api.UserAsync("pro");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BulkCalls.PostAsync(user, new { videos = api.Videos(7) })));
        // 7 × 7 = 49 of 50; an eighth does not fit.
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted), answer =>
            Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode)
        );
        Assert.Equal(49, await ReservedAsync(user));
    }

    [Fact]
    public async Task OthersJob_BehindABatchOfFifty_StartsAtOnce()
    {
        var (many, single) = (await api.UserAsync(), await api.UserAsync());
        var batch = await BulkCalls.StartAsync(many, new { videos = api.Videos(50) });
        using var submitted = await single.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = api.Videos(1)[0] } },
            Ct
        );
        var wanted = (await Tokens.JsonAsync(submitted)).GetProperty("jobId").GetGuid();

        await using var rig = new QueueRig(api.Database);
        var (turns, claimed) = (0, Guid.Empty);
        // A claim may find that a user has nothing left; the next one is another's turn.
        for (var asked = 0; claimed != wanted && asked < 60; asked++)
        {
            foreach (var job in await rig.Leases.ClaimAsync("w", 1, 1, Ct))
            {
                (turns, claimed) = (turns + 1, job.Id);
                Assert.True(await rig.Leases.CompleteAsync(job.Lease, null, null, _ => Task.CompletedTask, Ct));
                await rig.Feeder.RunAsync(Ct);
            }
        }

        Assert.Equal(wanted, claimed);
        // Users take turns: one video of each batch that waited before it at most, never half of the fifty.
        Assert.InRange(turns, 1, 12);
        var bulk = (await BulkCalls.GetAsync(many, batch.Text("statusUrl")!)).GetProperty("bulk");
        Assert.InRange(bulk.Number("completed"), 0, 2);
    }

    [Fact]
    public async Task OwnSingleJob_WhileABatchRuns_FindsRoom()
    {
        var user = await api.UserAsync();
        await BulkCalls.StartAsync(user, new { videos = api.Videos(50) });
        Assert.Equal(10, await QueuedAsync(user));
        using var submitted = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = api.Videos(1)[0] } },
            Ct
        );
        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
    }

    [Fact]
    public async Task Feeders_ManyAtOnce_QueueEachVideoOnce()
    {
        var user = await api.UserAsync();
        var batch = await BulkCalls.StartAsync(user, new { videos = api.Videos(50) });
        await using var first = new QueueRig(api.Database);
        await using var second = new QueueRig(api.Database);
        for (var done = 0; done < 50; )
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? first : second).Feeder.RunAsync(batch.Id(), user.Id, Ct)));
            Assert.InRange(await QueuedAsync(user), 1, 10);
            foreach (var job in await first.Leases.ClaimAsync("w", 100, 1, Ct))
            {
                Assert.True(await first.Leases.CompleteAsync(job.Lease, null, null, _ => Task.CompletedTask, Ct));
                done += job.UserId == user.Id ? 1 : 0;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => second.Feeder.RunAsync(batch.Id(), user.Id, Ct)));
        var bulk = (await BulkCalls.GetAsync(user, batch.Text("statusUrl")!)).GetProperty("bulk");
        Assert.Equal(("completed", 50, 100), (bulk.Text("status"), bulk.Number("completed"), bulk.Number("percent")));
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM notifications WHERE user_id = @Id AND type = 'processing'",
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task Feeder_BatchThatCannotBeRead_DoesNotHoldUpOthers()
    {
        var (broken, other) = (await api.UserAsync(), await api.UserAsync());
        var batch = await BulkCalls.StartAsync(broken, new { videos = api.Videos(15) });
        await BulkCalls.StartAsync(other, new { videos = api.Videos(15) });
        await using var rig = new QueueRig(api.Database);
        await CompleteAllAsync(rig);
        await api.Database.Db.ExecuteAsync("UPDATE bulk_analyses SET configuration = '[]' WHERE id = @id", new { id = batch.Id() }, Ct);

        await Assert.ThrowsAsync<AggregateException>(() => rig.Feeder.RunAsync(Ct));

        Assert.Equal((0L, 5L), (await QueuedAsync(broken), await QueuedAsync(other)));
        await api.Database.Db.ExecuteAsync("UPDATE bulk_analyses SET configuration = '{}' WHERE id = @id", new { id = batch.Id() }, Ct);
        await rig.Feeder.RunAsync(Ct);
        Assert.Equal(5L, await QueuedAsync(broken));
    }

    private static async Task CompleteAllAsync(QueueRig rig)
    {
        while (await rig.Leases.ClaimAsync("w", 100, 1, Ct) is { Count: > 0 } jobs)
        {
            foreach (var job in jobs)
            {
                await rig.Leases.CompleteAsync(job.Lease, null, null, _ => Task.CompletedTask, Ct);
            }
        }
    }

    private Task<long> ReservedAsync(ApiUser user) =>
        api.Database.Db.ScalarAsync<long>(
            "SELECT count(*) FROM quota_reservations WHERE user_id = @Id AND state <> 'refunded'",
            new { user.Id },
            Ct
        );

    private Task<long> QueuedAsync(ApiUser user) =>
        api.Database.Db.ScalarAsync<long>(
            "SELECT count(*) FROM job_queue WHERE user_id = @Id AND status IN ('pending', 'processing')",
            new { user.Id },
            Ct
        );
}
