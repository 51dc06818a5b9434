using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.RecurringJobs;

namespace YtOptimizer.Tests.Runbook;

/// <summary>Traffic of known ratios in, messages out: several workers, a real database, the real Telegram client.</summary>
public sealed class AlertServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(90);
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
        await using var workers = await WorkersAsync(4);
        await Eventually.TrueAsync(
            async () =>
            {
                await TrafficAsync(requests: 100, errors: 6);
                return !telegram.Messages.IsEmpty;
            },
            "a message about 6 %",
            TimeLimit
        );

        // Still failing: nothing new to say.
        for (var i = 0; i < 20; i++)
        {
            await TrafficAsync(requests: 100, errors: 6);
        }

        await database.Db.ExecuteAsync("DELETE FROM metric_windows", null, Ct);
        await TrafficAsync(requests: 100, errors: 0);
        await Eventually.TrueAsync(() => Task.FromResult(telegram.Messages.Count > 1), "a message about the recovery", TimeLimit);
        await workers.StopAsync();
        Assert.Collection(
            telegram.Messages,
            first => Assert.Contains("6.0 %", first),
            second => Assert.Contains("Recovered: Error rate", second)
        );
        Assert.Equal(2L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox WHERE sent_at IS NOT NULL", null, Ct));
    }

    [Fact]
    public async Task Stop_WhileAMessageIsOnItsWay_IsNotedAndNotRepeatedByTheNextWorker()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously),
            answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        telegram.OnMessage = () =>
        {
            arrived.TrySetResult();
            return answered.Task;
        };
        await AnnounceAsync("first");
        await using var before = await WorkersAsync(1);
        await arrived.Task.WaitAsync(TimeLimit, Ct);
        var stopping = before.StopAsync();
        answered.SetResult();
        await stopping;
        Assert.Equal(1L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox WHERE sent_at IS NOT NULL", null, Ct));

        telegram.OnMessage = () => Task.CompletedTask;
        await AnnounceAsync("second");
        await using var after = await WorkersAsync(1);
        await Eventually.TrueAsync(
            () => Task.FromResult(telegram.Messages.Any(message => message.Contains("second", StringComparison.Ordinal))),
            "the next worker sends on",
            TimeLimit
        );
        Assert.Single(telegram.Messages, message => message.Contains("first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_ThreeWorkers_OnePollsAndOnlyTheConfiguredChatIsAnswered()
    {
        await database.Db.ExecuteAsync("INSERT INTO alert_incidents (kind, summary) VALUES ('error_rate', '7 % failed')", null, Ct);
        telegram.Write(chat: 99, "/mute 2h");
        telegram.Write(chat: 99, "/ack");
        telegram.Write(chat: 42, "/status");
        telegram.Write(chat: 42, "/incidents");
        telegram.Write(chat: 42, "/ack");
        telegram.Write(chat: 42, "/mute 1h");
        telegram.Write(chat: 42, "good morning");
        await using var workers = await WorkersAsync(3);
        await Eventually.TrueAsync(() => Task.FromResult(telegram.Messages.Count >= 4), "four commands are answered", TimeLimit);
        await workers.StopAsync();
        Assert.Collection(
            telegram.Messages,
            status => Assert.Contains("1 open incidents", status),
            incidents => Assert.Contains("error_rate since", incidents),
            ack => Assert.Contains("Acknowledged 1 incidents", ack),
            mute => Assert.Contains("Muted for 60 minutes", mute)
        );
        Assert.Equal(1, telegram.MostPollers);
        Assert.Equal(
            1L,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM alert_mutes WHERE muted_until < now() + interval '61 minutes'",
                null,
                Ct
            )
        );
        Assert.Equal("operator", await database.Db.ScalarAsync<string>("SELECT acknowledged_by FROM alert_incidents", null, Ct));
        Assert.Equal(0L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM fleet_leases", null, Ct));
    }

    [Theory]
    [InlineData(45, 0, 0)]
    [InlineData(0, 49, 0)]
    [InlineData(0, 0, 500)]
    public async Task BelowTheThreshold_AnHourOfEvaluations_NoIncident(
        int errorsPerThousand,
        int slowPerThousand,
        int clientErrorsPerThousand
    )
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
        return database.Db.ExecuteAsync(
            """
            INSERT INTO metric_windows (instance_id, taken_at, service, seconds, requests, server_errors, client_errors, latency,
                database_latency)
            VALUES (gen_random_uuid(), clock_timestamp(), 'api', 5, @requests, @errors, @clientErrors, @latency, '{}')
            """,
            new
            {
                requests,
                errors,
                clientErrors,
                latency,
            },
            Ct
        );
    }

    private Task AnnounceAsync(string title) => new Incidents(database.Db).AnnounceAsync(title, "error", title, "text", ["telegram"], Ct);

    private async Task<Workers> WorkersAsync(int count)
    {
        var workers = new Workers([.. Enumerable.Range(0, count).Select(_ => Build())]);
        await workers.StartAsync();
        return workers;
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(telegram.Settings, StringComparer.Ordinal)
            {
                // Longer than any test: what a slow machine does between two rows does not change what is in the window.
                ["Alerts:WindowSeconds"] = "3600",
                ["Alerts:EvaluateSeconds"] = "1",
                ["Alerts:RecoverAfterSeconds"] = "5",
                ["Alerts:MessagesPerMinute"] = "20",
            }
        );
        EnvironmentVariableMapSource.AddTo(builder.Configuration);
        builder.Services.AddSingleton(database.DataSource);
        builder.Services.AddDb();
        builder.Services.AddAlerts();
        YtOptimizer.Worker.WorkerSetup.AddAlertService(builder.Services);
        builder.Services.AddRecurringJob<TelegramCommandService>();
        return builder.Build();
    }

    private sealed class Workers(List<IHost> hosts) : IAsyncDisposable
    {
        public Task StartAsync() => Task.WhenAll(hosts.Select(host => host.StartAsync(Ct)));

        public Task StopAsync() => Task.WhenAll(hosts.Select(host => host.StopAsync(CancellationToken.None)));

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            hosts.ForEach(host => host.Dispose());
        }
    }
}
