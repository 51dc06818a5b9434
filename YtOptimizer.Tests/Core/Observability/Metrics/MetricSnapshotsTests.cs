using System.Diagnostics.Metrics;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Observability.Metrics;

public sealed class MetricSnapshotsTests : IAsyncLifetime
{
    private readonly List<IDisposable> owned = [];
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        owned.ForEach(o => o.Dispose());
        await database.DisposeAsync();
    }

    [Fact]
    public async Task ReadFleet_TwoProcesses_AddsCountersAndKeepsThoseOfTheDead()
    {
        var ct = TestContext.Current.CancellationToken;
        using var meter = new Meter("Npgsql");
        var histogram = meter.CreateHistogram<double>("db.client.operation.duration");
        var (first, second) = (Process("api"), Process("worker"));
        histogram.Record(0.003);
        await first.WriteAsync(ct);
        await second.WriteAsync(ct);
        // Both registries of this process saw the observation: the fleet has it twice.
        Assert.True((await first.ReadFleetAsync(ct)).Buckets("db_query_duration_seconds").Sum() >= 2);
        Assert.Equal(1, (await first.ReadFleetAsync(ct)).Instances["worker"]);

        await database.Db.ExecuteAsync(
            "UPDATE metric_instances SET seen_at = now() - interval '1 hour' WHERE service = 'worker'",
            null,
            ct
        );
        var later = await first.ReadFleetAsync(ct);
        Assert.False(later.Instances.ContainsKey("worker"));
        Assert.True(later.Buckets("db_query_duration_seconds").Sum() >= 2);
    }

    [Fact]
    public async Task Write_AfterAFailedWrite_CoversTheWholeTime()
    {
        var ct = TestContext.Current.CancellationToken;
        var snapshots = Process("api");
        await snapshots.WriteAsync(ct);
        YtoMetrics.AuthEvent("login", success: false);
        await database.Db.ExecuteAsync("ALTER TABLE metric_windows RENAME TO metric_windows_away", null, ct);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => snapshots.WriteAsync(ct));
        await database.Db.ExecuteAsync("ALTER TABLE metric_windows_away RENAME TO metric_windows", null, ct);
        YtoMetrics.AuthEvent("login", success: false);
        await snapshots.WriteAsync(ct);
        Assert.True(await database.Db.ScalarAsync<long>("SELECT sum(auth_failures) FROM metric_windows", null, ct) >= 2);
    }

    private MetricSnapshots Process(string service)
    {
        var registry = new MetricRegistry();
        owned.Add(registry);
        var snapshots = new MetricSnapshots(
            database.Db,
            registry,
            TimeProvider.System,
            MetricIdentity.ForThisProcess(service, TimeProvider.System)
        );
        owned.Add(snapshots);
        return snapshots;
    }
}
