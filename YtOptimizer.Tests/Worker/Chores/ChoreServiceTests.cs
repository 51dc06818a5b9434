using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Protection;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.RecurringJobs.Chores;

namespace YtOptimizer.Tests.Worker.Chores;

public sealed class ChoreServiceTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("yto-chores-").FullName;
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Chores_ThreeWorkers_EachIsDoneOnceAndNoted()
    {
        await database.Db.ExecuteAsync(
            "INSERT INTO error_logs (error_type, message, created_at) VALUES ('old', 'old', now() - interval '9 days'), ('new', 'new', "
                + "now() - interval '2 days'), ('today', 'a', now()), ('today', 'b', now())",
            null,
            Ct
        );
        await using (var first = Workers())
        {
            await Eventually.TrueAsync(async () => (await RunsAsync()).Count == 8, "all eight chores are noted", TimeSpan.FromSeconds(60));
        }

        Assert.All(await RunsAsync(), run => Assert.True(run.Succeeded, $"{run.Task}: {run.Detail}"));
        Assert.Equal(
            "new,today,today",
            await database.Db.ScalarAsync<string>("SELECT string_agg(error_type, ',' ORDER BY error_type) FROM error_logs", null, Ct)
        );
        Assert.Single(Directory.GetFiles(folder));
        Assert.Contains("2 errors of 2 kinds", (await RunsAsync()).Single(run => run.Task == "daily-review").Detail);
        Assert.StartsWith("database ", (await RunsAsync()).Single(run => run.Task == "weekly-review").Detail);
        Assert.Equal(0L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM fleet_leases WHERE name LIKE 'chore:%'", null, Ct));
    }

    [Fact]
    public async Task AuditChain_ChangedRow_IsAFailureAndAMessage()
    {
        await database.Db.ExecuteAsync("INSERT INTO audit_trail (action, entity_type) VALUES ('one', 'test')", null, Ct);
        await database.Db.ExecuteAsync(
            """
            ALTER TABLE audit_trail DISABLE TRIGGER USER;
            UPDATE audit_trail SET action = 'other';
            ALTER TABLE audit_trail ENABLE TRIGGER USER;
            """,
            null,
            Ct
        );
        await using (var worker = Workers(1))
        {
            await Eventually.TrueAsync(
                async () => (await RunsAsync()).Any(run => run is { Task: "audit-chain", Succeeded: false }),
                "the changed row is found",
                TimeSpan.FromSeconds(60)
            );
            await Eventually.TrueAsync(
                async () =>
                    await database.Db.ScalarAsync<long>(
                        "SELECT count(*) FROM alert_outbox WHERE title = 'Maintenance failed: audit-chain'",
                        null,
                        Ct
                    ) == 1,
                "operators are told",
                TimeSpan.FromSeconds(60)
            );
        }

        var run = (await RunsAsync()).Single(run => run.Task == "audit-chain");
        Assert.Contains("row changed", run.Detail);
        Assert.Null(run.LastSuccessAt);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("two weeks")]
    [InlineData("99999")]
    public async Task Start_UnusableRetention_IsRefusedByName(string days)
    {
        using var host = Build(("LOG_RETENTION_DAYS", days));
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => host.StartAsync(Ct));
        Assert.Contains("LOG_RETENTION_DAYS", refused.Message);
    }

    [Fact]
    public void BackupFiles_Prune_KeepsTheNewestAndForeignFiles()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < 9; day++)
        {
            File.WriteAllText(BackupFiles.NewPath(folder, start.AddDays(day)), "");
        }

        File.WriteAllText(Path.Combine(folder, "by-hand.yto"), "");
        Assert.Equal(6, BackupFiles.Prune(folder, 3));
        Assert.Equal(
            ["scheduled-20260109-000000.yto", "scheduled-20260108-000000.yto", "scheduled-20260107-000000.yto"],
            BackupFiles.List(folder).Select(path => Path.GetFileName(path)!)
        );
        Assert.True(File.Exists(Path.Combine(folder, "by-hand.yto")));
    }

    [Fact]
    public async Task Fold_EndedProcesses_TotalsStayTheSame()
    {
        var now = TimeProvider.System;
        using var registry = new MetricRegistry();
        using var reader = new MetricSnapshots(database.Db, registry, now, MetricIdentity.ForThisProcess("api", now));
        await database.Db.ExecuteAsync(
            """
            INSERT INTO metric_instances (instance_id, service, hostname, process_id, started_at, seen_at, points)
            SELECT gen_random_uuid(), 'api', 'h', i, now(), now() - interval '1 day' * i,
                   '[{"name":"folded_total","type":"counter","labels":{"a":"b"},"value":7},
                     {"name":"folded_gauge","type":"gauge","labels":{},"value":7}]'::jsonb
            FROM generate_series(0, 9) i
            """,
            null,
            Ct
        );
        var before = (await reader.ReadFleetAsync(Ct)).Sum("folded_total");
        var fold = new RetiredMetrics(database.Db);
        Assert.Equal(9, await fold.FoldAsync(Ct));
        Assert.Equal(0, await fold.FoldAsync(Ct));
        Assert.Equal(70, before);
        Assert.Equal(before, (await reader.ReadFleetAsync(Ct)).Sum("folded_total"));
        Assert.Equal(
            2L,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM metric_instances WHERE hostname <> @host",
                new { host = Environment.MachineName },
                Ct
            )
        );
    }

    private Task<IReadOnlyList<MaintenanceRecord.Run>> RunsAsync() => new MaintenanceRecord(database.Db).ListAsync(Ct);

    private Fleet Workers(int count = 3) =>
        new([.. Enumerable.Range(0, count).Select(_ => Build(("LOG_RETENTION_DAYS", "7"), ("BACKUP_DIR", folder)))]);

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings
                .Append(("ConnectionStrings:ytoptimizer", database.ConnectionString))
                .Append(("ALERT_WEBHOOK_URL", "http://127.0.0.1:9/"))
                .ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2)
        );
        EnvironmentVariableMapSource.AddTo(builder.Configuration);
        builder.Services.AddSingleton(database.DataSource);
        builder.Services.AddKeyedSingleton<NpgsqlDataSource>(ResourceNames.DatabaseDirect, database.DataSource);
        builder.Services.AddDb();
        builder.Services.AddSecurityRecords();
        builder.Services.AddSingleton<LogRetention>();
        builder.Services.AddAlerts();
        builder.Services.AddChores();
        return builder.Build();
    }

    private sealed class Fleet : IAsyncDisposable
    {
        private readonly List<IHost> hosts;
        private readonly Task started;

        public Fleet(List<IHost> hosts)
        {
            this.hosts = hosts;
            started = Task.WhenAll(hosts.Select(host => host.StartAsync(Ct)));
        }

        public async ValueTask DisposeAsync()
        {
            await started;
            foreach (var host in hosts)
            {
                await host.StopAsync(CancellationToken.None);
                host.Dispose();
            }
        }
    }
}
