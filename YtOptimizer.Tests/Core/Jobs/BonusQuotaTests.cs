using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

/// <summary>Periods and bonuses as the queue counts them.</summary>
public class BonusQuotaTests(QueueDatabase fixture) : IClassFixture<QueueDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_TwoHundredAtOnce_NeverExceedPlanAndBonuses()
    {
        await using var rig = new QueueRig(fixture.Database, ("Jobs:UserDepth", "0"));
        var user = await rig.UserAsync("free");
        await BonusAsync(rig, user, 7);
        await BonusAsync(rig, user, 3, "1 day");
        await BonusAsync(rig, user, 50, "-1 day");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => EnqueueAsync(rig, user)));
        Assert.Equal(15, results.Count(result => result.Outcome == EnqueueOutcome.Created));
        Assert.All(results.Where(result => result.Outcome != EnqueueOutcome.Created), result =>
            Assert.Equal((EnqueueOutcome.QuotaExceeded, 15, 15), (result.Outcome, result.Used, result.Allowed))
        );
        Assert.Equal("5 10 15", await LedgerAsync(rig, user));
    }

    // More callers than connections: one that got none in time has done nothing, and comes back as it is told to.
    private static async Task<EnqueueResult> EnqueueAsync(QueueRig rig, Guid user)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct);
            }
            catch (DatabaseUnavailableException busy)
                when (attempt < 10 && busy.Message.Contains("no connection within", StringComparison.Ordinal)) { }
        }
    }

    [Fact]
    public async Task Bonus_OfACancelledJob_IsFreeAgain_AndOutlivesThePeriod()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync("free");
        await BonusAsync(rig, user, 2);
        Guid last = default;
        for (var i = 0; i < 6; i++)
        {
            last = await rig.EnqueueAsync(user);
        }

        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(last, user, Ct));
        await rig.EnqueueAsync(user);
        await rig.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET current_period_start = current_period_start - interval '1 month 1 day', current_period_end = "
                + "now() - interval '1 day' WHERE user_id = @user",
            new { user },
            Ct
        );
        for (var i = 0; i < 6; i++)
        {
            await rig.EnqueueAsync(user);
        }

        Assert.Equal(EnqueueOutcome.QuotaExceeded, (await rig.Queue.EnqueueAsync(QueueRig.Job(user), Ct)).Outcome);
        Assert.Equal("10 2 12", await LedgerAsync(rig, user));
    }

    [Fact]
    public async Task Restart_TakesAPlaceAgain_OrIsRefused()
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync("free");
        var first = await rig.EnqueueAsync(user);
        Assert.Equal(JobStatus.Cancelled, await rig.Cancellation.CancelAsync(first, user, Ct));
        for (var i = 0; i < 5; i++)
        {
            await rig.EnqueueAsync(user);
        }

        Assert.Equal("quota_exceeded", (await rig.Queue.RestartAsync(first, user, Ct)).Outcome);
        await BonusAsync(rig, user, 1);
        Assert.Equal("restarted", (await rig.Queue.RestartAsync(first, user, Ct)).Outcome);
        Assert.Equal("5 1 6", await LedgerAsync(rig, user));
    }

    [Theory]
    // start, end, renews, tier, interval, at: tier, period in which limits count
    [InlineData("2026-01-31", "2026-02-28", true, "pro", "monthly", "2026-02-10", "pro 2026-01-31 2026-02-28")]
    [InlineData("2026-02-28", "2026-03-31", true, "pro", "monthly", "2026-03-30", "pro 2026-02-28 2026-03-31")]
    [InlineData("2026-01-31", "2026-02-28", true, "pro", "monthly", "2026-02-28", "pro 2026-02-28 2026-03-28")]
    [InlineData("2026-01-15", "2026-02-15", true, "free", "monthly", "2026-05-20", "free 2026-05-15 2026-06-15")]
    [InlineData("2026-01-15", "2026-02-15", false, "pro", "monthly", "2026-02-14", "pro 2026-01-15 2026-02-15")]
    [InlineData("2026-01-15", "2026-02-15", false, "pro", "monthly", "2026-02-15", "free 2026-02-15 2026-03-15")]
    [InlineData("2026-01-15", "2027-01-15", true, "premium", "yearly", "2026-07-01", "premium 2026-06-15 2026-07-15")]
    [InlineData("2026-01-31", "2027-01-31", true, "premium", "yearly", "2026-02-28", "premium 2026-02-28 2026-03-31")]
    [InlineData("2026-01-15", "2026-03-20", false, "pro", "monthly", "2026-03-18", "pro 2026-03-15 2026-03-20")]
    public async Task Plan_AtAMoment_HasItsMonth(
        string start,
        string end,
        bool renews,
        string tier,
        string every,
        string at,
        string expected
    )
    {
        await using var rig = new QueueRig(fixture.Database);
        var user = await rig.UserAsync(tier);
        await rig.Db.ExecuteAsync(
            """
            UPDATE user_subscriptions SET current_period_start = @start::timestamp AT TIME ZONE 'UTC',
                current_period_end = @end::timestamp AT TIME ZONE 'UTC', auto_renew = @renews, billing_interval = @every::billing_interval
            WHERE user_id = @user
            """,
            new
            {
                user,
                start,
                end,
                renews,
                every,
            },
            Ct
        );
        Assert.Equal(
            expected,
            await rig.Db.ScalarAsync<string>(
                """
                SELECT tier || to_char(period_start AT TIME ZONE 'UTC', ' YYYY-MM-DD')
                    || to_char(period_end AT TIME ZONE 'UTC', ' YYYY-MM-DD')
                FROM plan_state(@user, @at::timestamp AT TIME ZONE 'UTC')
                """,
                new { user, at },
                Ct
            )
        );
    }

    private static Task BonusAsync(QueueRig rig, Guid user, int credits, string? lasts = null) =>
        rig.Db.ExecuteAsync(
            "INSERT INTO quota_bonuses (id, user_id, credits, reason, expires_at) VALUES (gen_random_uuid(), @user, @credits, 'test', "
                + "now() + @lasts::interval)",
            new
            {
                user,
                credits,
                lasts,
            },
            Ct
        );

    /// <summary>Places of plans, of bonuses, and jobs that are not cancelled.</summary>
    private static Task<string?> LedgerAsync(QueueRig rig, Guid user) =>
        rig.Db.ScalarAsync<string>(
            """
            SELECT count(*) FILTER (WHERE bonus_id IS NULL) || ' ' || count(bonus_id) || ' ' || (SELECT count(*) FROM job_queue
                WHERE user_id = @user AND status <> 'cancelled')
            FROM quota_reservations WHERE user_id = @user AND state <> 'refunded'
            """,
            new { user },
            Ct
        );
}
