using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Alerts;

public sealed class IncidentsTests : IAsyncLifetime
{
    private static readonly string[] Channels = ["telegram"];
    private TestDatabase database = null!;
    private Incidents incidents = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        incidents = new Incidents(database.Db);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Apply_FourEvaluatorsAtOnce_OpenOneIncidentAndAnnounceItOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ApplyAsync(AlertLevel.Firing)));
        Assert.Equal(1, await CountAsync("alert_incidents"));
        Assert.Equal(1, await CountAsync("alert_outbox"));
    }

    [Fact]
    public async Task Apply_Flapping_RecoversOnceAfterTheCalmTime()
    {
        for (var i = 0; i < 20; i++)
        {
            await ApplyAsync(AlertLevel.Firing);
            await ApplyAsync(AlertLevel.Inactive);
        }

        Assert.Equal(1, await CountAsync("alert_outbox"));
        await database.Db.ExecuteAsync("UPDATE alert_incidents SET calm_since = now() - interval '10 minutes'", null, Ct);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ApplyAsync(AlertLevel.Inactive)));
        Assert.Equal(2, await CountAsync("alert_outbox"));
        Assert.Equal(0, await CountAsync("alert_incidents WHERE recovered_at IS NULL"));
    }

    [Fact]
    public async Task Apply_WhileMuted_IsAnnouncedWhenTheMuteEndsUnlessItIsOverByThen()
    {
        await incidents.MuteAsync(TimeSpan.FromHours(1), "operator", Ct);
        await ApplyAsync(AlertLevel.Firing);
        Assert.Equal(1, await CountAsync("alert_incidents"));
        Assert.Equal(1, await CountAsync("alert_outbox WHERE due_at > now() + interval '50 minutes'"));

        await ApplyAsync(AlertLevel.Inactive);
        await database.Db.ExecuteAsync("UPDATE alert_incidents SET calm_since = now() - interval '10 minutes'", null, Ct);
        await ApplyAsync(AlertLevel.Inactive);
        Assert.Equal(0, await CountAsync("alert_incidents WHERE recovered_at IS NULL"));
        Assert.Equal(0, await CountAsync("alert_outbox"));
    }

    [Theory]
    [InlineData("/mute 1h", "Muted for 60 minutes. Incidents are still recorded.")]
    [InlineData("/mute forever", "How long? For example /mute 1h or /mute 30m (at most 24h).")]
    [InlineData("/mute 99h", "How long? For example /mute 1h or /mute 30m (at most 24h).")]
    [InlineData("/incidents", "No open incidents.")]
    [InlineData("hello", null)]
    public async Task Answer_Command_SaysWhatItDid(string text, string? expected)
    {
        var provider = new ServiceCollection()
            .AddHttpClient()
            .AddDb()
            .AddSingleton(database.DataSource)
            .AddSingleton(PlainSettings.Of())
            .AddAlerts()
            .BuildServiceProvider();
        var commands = new TelegramCommands(database.Db, incidents, provider.GetRequiredService<AlertChannels>());
        Assert.Equal(expected, await commands.AnswerAsync(text, "operator", Ct));
    }

    private Task ApplyAsync(AlertLevel level) =>
        incidents.ApplyAsync(new AlertReading("error_rate", "error", level, 6, "6 % failed"), Channels, TimeSpan.FromMinutes(2), Ct);

    private Task<long> CountAsync(string from) => database.Db.ScalarAsync<long>("SELECT count(*) FROM " + from, null, Ct);
}
