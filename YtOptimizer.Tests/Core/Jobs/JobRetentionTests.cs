using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

public class JobRetentionTests(QueueDatabase fixture) : IClassFixture<QueueDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purge_OldJobs_GoExceptDeadLettersAndUnfinishedOnes()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync();
        await rig.Db.ExecuteAsync(
            """
            INSERT INTO job_queue (user_id, job_type, status, completed_at, created_at, dead_reason, video_title)
            SELECT @user, 'test', s.status, s.ended, now() - interval '30 days', s.dead, s.name FROM (VALUES
                ('completed', now() - interval '8 days', NULL, 'old completed'),
                ('failed', now() - interval '8 days', NULL, 'old failed'),
                ('failed', now() - interval '8 days', 'poison', 'dead letter'),
                ('completed', now() - interval '6 days', NULL, 'young'),
                ('pending', NULL::timestamptz, NULL, 'waiting')) s (status, ended, dead, name)
            """,
            new { user },
            Ct
        );
        Assert.Equal(2, await rig.Retention.PurgeBatchAsync(Ct));
        Assert.Equal(0, await rig.Retention.PurgeBatchAsync(Ct));
        Assert.Equal(
            ["dead letter", "waiting", "young"],
            await rig.Db.QueryAsync<string>(
                "SELECT video_title FROM job_queue WHERE user_id = @user ORDER BY video_title",
                new { user },
                Ct
            )
        );

        var dead = Assert.Single(await rig.DeadLetters.ListAsync(10, Ct));
        Assert.True(await rig.DeadLetters.DiscardAsync(dead.Id, Ct));
        Assert.Equal(1, await rig.Retention.PurgeBatchAsync(Ct));
    }
}
