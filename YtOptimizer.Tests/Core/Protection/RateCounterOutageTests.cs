using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Protection;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Protection;

/// <summary>
/// The cache goes away, and the instances notice it at different moments, as on a busy machine. Each knows another part of what was used;
/// together they still admit no more than the limit.
/// </summary>
public sealed class RateCounterOutageTests : IAsyncLifetime
{
    private const int Limit = 100;

    private static readonly RateBudget Budget = new("default", Limit, TimeSpan.FromHours(1));

    private TestRedis redis = null!;
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        redis = await TestRedis.StartAsync();
        database = await TestDatabase.CreateAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Lost_FirstByTheOneThatKnowsLeast_AdmitsNoMoreThanIsLeft()
    {
        await using var early = await Instance.StartAsync(redis, database);
        await using var late = await Instance.StartAsync(redis, database);
        await early.SeesAsync(1);
        await late.SeesAsync(1);
        Assert.Equal(10, await early.AdmittedAsync(10));
        Assert.Equal(30, await late.AdmittedAsync(30));
        // The late one does not look yet: it holds the cache for good.
        await redis.FreezeAsync();
        var taken = early.AdmittedAsync(100);
        await early.Monitor.RunAsync(Ct);
        Assert.Null(early.Monitor.Cache);
        late.Monitor.ReportFailure(new TimeoutException());
        Assert.Equal(Limit - 40, await taken + await late.AdmittedAsync(100));
    }

    [Fact]
    public async Task Lost_WithOneThatHangs_IsWaitedForOnceOnly()
    {
        await using var alive = await Instance.StartAsync(redis, database);
        await using var hanging = await Instance.StartAsync(redis, database);
        await alive.SeesAsync(1);
        Assert.Equal(5, await hanging.AdmittedAsync(5));
        Assert.Equal(20, await alive.AdmittedAsync(20));
        await redis.FreezeAsync();
        var taken = alive.AdmittedAsync(200);
        await alive.Monitor.RunAsync(Ct);
        Assert.Equal(Limit - 25, await taken);
    }

    [Fact]
    public async Task Lost_AndPostgresToo_EachAdmitsItsPart()
    {
        await using var one = await Instance.StartAsync(redis, database, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
        await using var other = await Instance.StartAsync(redis, database, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
        await one.SeesAsync(1);
        await other.SeesAsync(1);
        await redis.FreezeAsync();
        var taken = Task.WhenAll(one.AdmittedAsync(100), other.AdmittedAsync(100));
        await Task.WhenAll(one.Monitor.RunAsync(Ct), other.Monitor.RunAsync(Ct));
        var admitted = await taken;
        Assert.Equal([Limit / 2, Limit / 2], admitted);
    }

    /// <summary>One process's counter over the shared cache and database.</summary>
    private sealed class Instance : IAsyncDisposable
    {
        private readonly ConnectionMultiplexer connection;
        private readonly Npgsql.NpgsqlDataSource? source;
        private readonly RateCounter counter;

        private Instance(ConnectionMultiplexer connection, TestDatabase database, string? address)
        {
            this.connection = connection;
            source = address is null ? null : Npgsql.NpgsqlDataSource.Create(address);
            Monitor = new RedisHealthMonitor(TimeProvider.System, NullLogger<RedisHealthMonitor>.Instance, connection);
            counter = new RateCounter(source is null ? database.Db : new Db(source), Monitor, TimeProvider.System);
        }

        public RedisHealthMonitor Monitor { get; }

        public static async Task<Instance> StartAsync(TestRedis redis, TestDatabase database, string? address = null)
        {
            var instance = new Instance(await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString), database, address);
            await instance.Monitor.RunAsync(Ct);
            Assert.NotNull(instance.Monitor.Cache);
            return instance;
        }

        /// <summary>Looks at the cache once, as the process does four times a second.</summary>
        public async Task SeesAsync(int others)
        {
            await Monitor.RunAsync(Ct);
            Assert.Equal(others, Monitor.Others.Count);
        }

        /// <summary>How many of so many simultaneous requests pass.</summary>
        public async Task<int> AdmittedAsync(int requests)
        {
            var decisions = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => counter.TakeAsync(Budget, "198.51.100.7", Ct)));
            return decisions.Count(decision => decision.Allowed);
        }

        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            if (source is not null)
            {
                await source.DisposeAsync();
            }
        }
    }
}
