using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Diagnostics;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Schedules;

namespace YtOptimizer.Tests.Runbook;

/// <summary>Traffic of known ratios in, messages out: several workers, a real database, the real Telegram client.</summary>
public sealed class AlertServiceTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private FakeTelegram telegram = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        telegram = await FakeTelegram.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await telegram.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task SixPercent_FourInstancesAndFourEvaluators_OneMessageAndOneRecovery()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => Build()).ToList();
        await Task.WhenAll(hosts.Select(host => host.StartAsync(Ct)));
        await Eventually.TrueAsync(async () =>
        {
            await TrafficAsync(requests: 100, errors: 6);
            return !telegram.Messages.IsEmpty;
        }, "a message about 6 %");

        // Still failing: nothing new to say.
        for (var i = 0; i < 20; i++)
        {
            await TrafficAsync(requests: 100, errors: 6);
        }

        await database.Db.ExecuteAsync("DELETE FROM metric_windows", null, Ct);
        await TrafficAsync(requests: 100, errors: 0);
        await Eventually.TrueAsync(() => Task.FromResult(telegram.Messages.Count > 1), "a message about the recovery");
        foreach (var host in hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        Assert.Collection(telegram.Messages, first => Assert.Contains("6.0 %", first), second => Assert.Contains("Recovered: Error rate", second));
        Assert.Equal(2L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox WHERE sent_at IS NOT NULL", null, Ct));
    }

    [Theory]
    [InlineData(45, 0, 0)]
    [InlineData(0, 49, 0)]
    [InlineData(0, 0, 500)]
    public async Task BelowTheThreshold_AnHourOfEvaluations_NoIncident(int errorsPerThousand, int slowPerThousand, int clientErrorsPerThousand)
    {
        using var host = Build();
        var evaluator = host.Services.GetRequiredService<AlertEvaluator>();
        for (var second = 0; second < 3600; second += 30)
        {
            // Unevenly spread over the instances, as real errors are; the window holds all of them.
            await database.Db.ExecuteAsync("DELETE FROM metric_windows", null, Ct);
            await WindowAsync(700, errorsPerThousand, 0, clientErrorsPerThousand);
            await WindowAsync(300, 0, slowPerThousand, 0);
            await evaluator.EvaluateAsync(Ct);
        }

        Assert.Equal(0L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_incidents", null, Ct));
    }

    [Fact]
    public async Task OneFailingRequestOfOne_IsNoIncident()
    {
        using var host = Build();
        await TrafficAsync(requests: 1, errors: 1);
        for (var i = 0; i < 3; i++)
        {
            await host.Services.GetRequiredService<AlertEvaluator>().EvaluateAsync(Ct);
        }

        Assert.Equal(0L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_incidents", null, Ct));
    }

    /// <summary>The same traffic at each of four API instances.</summary>
    private async Task TrafficAsync(int requests, int errors)
    {
        for (var instance = 0; instance < 4; instance++)
        {
            await WindowAsync(requests, errors, 0, 0);
        }
    }

    private Task WindowAsync(int requests, int errors, int slow, int clientErrors)
    {
        var latency = new int[LatencyBuckets.Bounds.Length + 1];
        latency[0] = requests - slow;
        latency[^1] = slow;
        return database.Db.ExecuteAsync("""
            INSERT INTO metric_windows (instance_id, taken_at, service, seconds, requests, server_errors, client_errors, latency, database_latency)
            VALUES (gen_random_uuid(), clock_timestamp(), 'api', 5, @requests, @errors, @clientErrors, @latency, '{}')
            """, new { requests, errors, clientErrors, latency }, Ct);
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(telegram.Settings, StringComparer.Ordinal)
        {
            ["Alerts:WindowSeconds"] = "10",
            ["Alerts:EvaluateSeconds"] = "1",
            ["Alerts:RecoverAfterSeconds"] = "5",
            ["Alerts:MessagesPerMinute"] = "20",
        });
        builder.Services.AddSingleton(database.DataSource);
        builder.Services.AddDb();
        builder.Services.AddAlerts(builder.Configuration);
        builder.Services.AddHostedService<AlertService>();
        return builder.Build();
    }
}
