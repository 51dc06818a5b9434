using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Runbook;

/// <summary>
/// Minutes of traffic with the default settings in a moment: between two evaluations, five seconds apart, the stored times are moved back
/// instead of waiting. Time that a slow machine adds only makes the past older.
/// </summary>
public sealed class AlertTimelineTests : IAsyncLifetime
{
    private const int StepSeconds = 5;
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(database.DataSource)
            .AddDb()
            .AddSingleton(PlainSettings.Of([new("ALERT_WEBHOOK_URL", "http://127.0.0.1:9/")]))
            .AddAlerts()
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task SixPercent_AfterLongHealth_IsQueuedWithin80SecondsAndRecoversOnce()
    {
        await RunAsync(minutes: 3, errorsPerThousand: 0);
        var seconds = 0;
        while (await MessagesAsync() == 0 && seconds < 600)
        {
            await StepAsync(60);
            seconds += StepSeconds;
        }

        // Ten seconds are left for writing the figures, the next turn of the sender and the delivery.
        Assert.InRange(seconds, StepSeconds * 2, 80);
        await RunAsync(minutes: 10, errorsPerThousand: 60);
        Assert.Equal(1, await MessagesAsync());
        await RunAsync(minutes: 5, errorsPerThousand: 0);
        Assert.Equal(2, await MessagesAsync());
        Assert.Equal(
            1,
            await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_incidents WHERE recovered_at IS NOT NULL", null, Ct)
        );
    }

    [Theory]
    [InlineData(45, 10)]
    [InlineData(49, 60)]
    public async Task BelowFivePercent_NoMessage(int errorsPerThousand, int minutes)
    {
        await RunAsync(minutes, errorsPerThousand);
        Assert.Equal(0, await MessagesAsync());
    }

    [Fact]
    public async Task Flapping_HalfAnHourAroundTheThreshold_OneMessageAndOneRecovery()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            await RunAsync(minutes: 1, errorsPerThousand: minute % 2 == 0 ? 80 : 20);
        }

        Assert.Equal(1, await MessagesAsync());
        await RunAsync(minutes: 6, errorsPerThousand: 0);
        Assert.Equal(2, await MessagesAsync());
    }

    [Fact]
    public async Task DatabaseFails_WhatFollowsFromItIsNotAnnounced()
    {
        await RunAsync(minutes: 3, errorsPerThousand: 300, databaseErrors: 20);
        Assert.Equal(["database_failures"], await KindsAsync());
    }

    [Fact]
    public async Task AnnouncedOutage_ItsOwnFiguresAreNoNewsAfterwards()
    {
        await services
            .GetRequiredService<Incidents>()
            .RecordPastAsync(
                Guid.CreateVersion7(),
                AlertRules.DatabaseDown,
                "critical",
                "down",
                TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2),
                Ct
            );
        await StepAsync(500, databaseErrors: 100);
        await RunAsync(minutes: 2, errorsPerThousand: 0);
        Assert.Equal([AlertRules.DatabaseDown], await KindsAsync());
        // But what fails from then on is.
        await RunAsync(minutes: 2, errorsPerThousand: 500);
        Assert.Equal([AlertRules.DatabaseDown, "error_rate"], await KindsAsync());
    }

    private async Task RunAsync(int minutes, int errorsPerThousand, int databaseErrors = 0)
    {
        for (var i = 0; i < minutes * 60 / StepSeconds; i++)
        {
            await StepAsync(errorsPerThousand, databaseErrors);
        }
    }

    private async Task StepAsync(int errorsPerThousand, int databaseErrors = 0)
    {
        var latency = new int[LatencyBuckets.Bounds.Length + 1];
        latency[0] = 1000;
        await database.Db.ExecuteAsync(
            """
            UPDATE metric_windows SET taken_at = taken_at - @step;
            UPDATE alert_incidents SET calm_since = calm_since - @step, opened_at = opened_at - @step, recovered_at = recovered_at - @step;
            DELETE FROM metric_windows WHERE taken_at < now() - interval '5 minutes';
            INSERT INTO metric_windows (instance_id, taken_at, service, seconds, requests, server_errors, database_errors, latency,
                database_latency)
            VALUES (gen_random_uuid(), clock_timestamp(), 'api', 5, 1000, @errorsPerThousand, @databaseErrors, @latency, '{}')
            """,
            new
            {
                step = TimeSpan.FromSeconds(StepSeconds),
                errorsPerThousand,
                databaseErrors,
                latency,
            },
            Ct
        );
        await services.GetRequiredService<AlertEvaluator>().EvaluateAsync(Ct);
    }

    private Task<long> MessagesAsync() => database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox", null, Ct);

    private Task<IReadOnlyList<string>> KindsAsync() =>
        database.Db.QueryAsync<string>("SELECT DISTINCT kind FROM alert_incidents ORDER BY kind", null, Ct);
}
