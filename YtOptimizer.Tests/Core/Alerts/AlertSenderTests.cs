using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Runbook;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Alerts;

/// <summary>The real Telegram client against a server that answers like the Bot API. Pauses are the database's: tests shorten them
/// there.</summary>
public sealed class AlertSenderTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private FakeTelegram telegram = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AlertSender Sender => services.GetRequiredService<AlertSender>();

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        telegram = await FakeTelegram.StartAsync();
        services = Services();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await telegram.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task SendDue_StormOfFiftyKinds_AtMostTwentyMessagesInAnyMinuteAndNoneLost()
    {
        var started = TimeProvider.System.GetTimestamp();
        List<double> sentAt = [];
        for (var second = 0; second < 300 && (second < 60 || await UnsentAsync() > 0); second++)
        {
            if (second < 50)
            {
                await QueueAsync($"kind {second:00}");
            }

            var before = telegram.Messages.Count;
            await Sender.SendDueAsync(Ct);
            sentAt.AddRange(
                Enumerable.Repeat(second + TimeProvider.System.GetElapsedTime(started).TotalSeconds, telegram.Messages.Count - before)
            );
            await PassAsync(1);
        }

        Assert.All(sentAt, end => Assert.InRange(sentAt.Count(at => at > end - 60 && at <= end), 1, 20));
        var all = string.Concat(telegram.Messages);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains($"kind {i:00}", all));
        Assert.Equal(0, await UnsentAsync());
    }

    [Fact]
    public async Task SendDue_FiftyKindsAtOnce_AreJoined()
    {
        foreach (var i in Enumerable.Range(0, 50))
        {
            await QueueAsync($"kind {i:00}");
        }

        for (var turn = 0; turn < 10; turn++)
        {
            await Sender.SendDueAsync(Ct);
            await PassAsync(60);
        }

        Assert.Equal(2, telegram.Messages.Count);
        Assert.Equal(0, await UnsentAsync());
    }

    [Fact]
    public async Task SendDue_TooManyRequests_HoldsTheWholeChannelForSuccessorsToo()
    {
        telegram.RefuseNext(retryAfterSeconds: 700);
        await QueueAsync("storm");
        var failure = Assert.Single(await Sender.SendDueAsync(Ct));
        Assert.DoesNotContain("dummy", failure);
        var wait = await database.Db.ScalarAsync<double>(
            "SELECT extract(epoch FROM next_at - now())::float8 FROM alert_channels",
            null,
            Ct
        );
        Assert.InRange(wait, 500, 700);

        // What is queued meanwhile waits as well, and so does another process.
        await QueueAsync("later");
        await using var successor = Services();
        Assert.Empty(await Sender.SendDueAsync(Ct));
        Assert.Empty(await successor.GetRequiredService<AlertSender>().SendDueAsync(Ct));
        Assert.Empty(telegram.Messages);

        await PassAsync(700);
        await successor.GetRequiredService<AlertSender>().SendDueAsync(Ct);
        await PassAsync(60);
        await Sender.SendDueAsync(Ct);
        Assert.Contains("storm", Assert.Single(telegram.Messages));
        Assert.Equal(0, await UnsentAsync());
    }

    [Fact]
    public async Task SendDue_DatabaseAwayAfterTheMessageWentOut_IsNotedLaterAndNotRepeated()
    {
        await QueueAsync("once");
        telegram.OnMessage = () => database.Db.ExecuteAsync("ALTER TABLE alert_outbox RENAME TO outbox_away", null, CancellationToken.None);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Sender.SendDueAsync(Ct));
        telegram.OnMessage = () => Task.CompletedTask;
        await database.Db.ExecuteAsync("ALTER TABLE outbox_away RENAME TO alert_outbox", null, Ct);
        await PassAsync(60);
        await Sender.SendDueAsync(Ct);
        Assert.Single(telegram.Messages);
        Assert.Equal(0, await UnsentAsync());
    }

    [Fact]
    public async Task SendDue_GroupBecameASupergroup_FollowsIt()
    {
        telegram.MovedTo = -1001234567890;
        await QueueAsync("moved");
        Assert.Empty(await Sender.SendDueAsync(Ct));
        Assert.Contains("moved", Assert.Single(telegram.Messages));
        Assert.Equal("-1001234567890", services.GetRequiredService<AlertChannels>().TelegramChatId);
        await QueueAsync("later");
        await PassAsync(60);
        Assert.Empty(await Sender.SendDueAsync(Ct));
        Assert.Equal(2, telegram.Messages.Count);
    }

    [Theory]
    [InlineData("<script>alert('x')</script> & \"quoted\"")]
    [InlineData("𝒜")]
    [InlineData("<&>")]
    public async Task SendDue_LongOrHostileText_IsCutWhereItCanBeRead(string piece)
    {
        await QueueAsync("title", string.Concat(Enumerable.Repeat(piece, 3000)));
        Assert.Empty(await Sender.SendDueAsync(Ct));
        var text = Assert.Single(telegram.Messages);
        Assert.InRange(text.Length, 3800, 4096);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Equal(piece, text[(text.IndexOf('\n') + 1)..][..piece.Length]);
    }

    private Task QueueAsync(string title, string? body = null) =>
        services.GetRequiredService<Incidents>().AnnounceAsync(title, "error", title, body ?? "body of " + title, ["telegram"], Ct);

    private Task<long> UnsentAsync() => database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox WHERE sent_at IS NULL", null, Ct);

    /// <summary>So many seconds go by, as far as pauses are concerned.</summary>
    private Task PassAsync(int seconds) =>
        database.Db.ExecuteAsync(
            "UPDATE alert_channels SET next_at = next_at - make_interval(secs => @seconds)",
            new { seconds = (double)seconds },
            Ct
        );

    private ServiceProvider Services() =>
        new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(database.DataSource)
            .AddDb()
            .AddSingleton(PlainSettings.Of(telegram.Settings))
            .AddAlerts()
            .BuildServiceProvider();
}
