using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Observability.Logs;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Observability.Logs;

public sealed class LogWriterTests : IAsyncLifetime
{
    private readonly LogBuffer buffer = new(TimeProvider.System);
    private readonly List<string> problems = [];
    private TestDatabase database = null!;
    private LogWriter writer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        writer = new LogWriter(buffer, database.Db);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Flush_RowsWithHostileContent_AreStored()
    {
        buffer.Add(Error("nul \0, quote ' \" \\ and \u2028"));
        buffer.Add(Error(@"written out: \u0000"));
        buffer.Add(Error("half a pair: \ud800"));
        buffer.Add(Request("one", userId: Guid.CreateVersion7()));
        await FlushAsync();
        Assert.Empty(problems);
        Assert.Equal(3, await CountAsync("error_logs"));
        Assert.Equal(1, await CountAsync("""error_logs WHERE message = 'written out: \u0000'"""));
        // The account does not exist (any more): the row stays, without it.
        Assert.Equal(1, await CountAsync("api_request_logs WHERE user_id IS NULL"));
    }

    [Fact]
    public async Task Flush_OneRefusedRow_DropsOnlyThatRowAndSaysSo()
    {
        buffer.Add(Request("good-1"));
        buffer.Add(Request("bad") with { IpAddress = "not an address" });
        buffer.Add(Request("good-2"));
        await FlushAsync();
        Assert.Equal(2, await CountAsync("api_request_logs"));
        Assert.Contains("refused", Assert.Single(problems));
    }

    [Fact]
    public async Task Flush_DatabaseAway_KeepsTheRowsForLater()
    {
        await using var nowhere = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=u;Password=dummy;Timeout=1");
        var cutOff = new LogWriter(buffer, new YtOptimizer.Core.Data.Db(nowhere));
        buffer.Add(Error("kept"));
        await cutOff.FlushAsync(problems.Add, Ct);
        Assert.Contains("wait for the database", problems[0]);
        await FlushAsync();
        Assert.Equal(1, await CountAsync("error_logs"));
    }

    [Fact]
    public async Task Flush_TablesAwayForAMoment_KeepsTheRowsAndGoesOn()
    {
        await database.Db.ExecuteAsync("ALTER TABLE error_logs RENAME TO away", null, Ct);
        buffer.Add(Error("kept"));
        buffer.Add(Request("other"));
        await FlushAsync();
        Assert.Contains("42P01", Assert.Single(problems));
        Assert.Equal(1, await CountAsync("api_request_logs"));
        await database.Db.ExecuteAsync("ALTER TABLE away RENAME TO error_logs", null, Ct);
        await FlushAsync();
        Assert.Equal(1, await CountAsync("error_logs"));
    }

    [Fact]
    public async Task Add_MoreThanTheBufferHolds_CountsWhatWasDropped()
    {
        for (var i = 0; i < LogBuffer.Capacity + 7; i++)
        {
            buffer.Add(Error("storm"));
        }

        await FlushAsync();
        Assert.Equal(LogBuffer.Capacity, await CountAsync("error_logs"));
        Assert.Equal(
            "7 rows of error_logs were dropped because the buffer was full",
            await database.Db.ScalarAsync<string>("SELECT message FROM system_logs", null, Ct)
        );
    }

    [Fact]
    public async Task Logger_ErrorRecords_GoToTheRightTableWithOneFingerprintPerPlace()
    {
        using var provider = new DatabaseLoggerProvider(
            buffer,
            MetricIdentity.ForThisProcess("api", TimeProvider.System),
            TimeProvider.System
        );
        using var factory = LoggerFactory.Create(b => b.AddProvider(provider));
        var logger = factory.CreateLogger("YtOptimizer.Api.Somewhere");
        using (logger.BeginScope(new Dictionary<string, object> { ["RequestPath"] = "/api/v1/x", ["correlationId"] = "cid-1" }))
        {
            Throw(logger, "first");
            Throw(logger, "second");
        }

        logger.LogCritical("outside");
        logger.LogWarning("not stored");
        await FlushAsync();
        Assert.Equal(1, await CountAsync("(SELECT DISTINCT fingerprint FROM error_logs WHERE request_id = 'cid-1') f"));
        Assert.Equal(2, await CountAsync("error_logs"));
        Assert.Equal(1, await CountAsync("system_logs WHERE log_level = 'critical'"));
    }

    [Fact]
    public async Task Retention_KeepsTheLastDayOfThePeriodAndDeletesTheOneBefore()
    {
        await database.Db.ExecuteAsync(
            """
            INSERT INTO system_logs (log_level, category, service_name, message, created_at)
            SELECT 'error', 'database', 'api', 'm', date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + age
            FROM unnest(ARRAY[interval '-7 days', interval '-7 days -1 second', interval '-100 days']) AS age
            """,
            null,
            Ct
        );
        await database.Db.ExecuteAsync(
            "INSERT INTO system_logs (log_level, category, service_name, message, created_at) SELECT 'error', 'c', 's', 'm', now() - "
                + "interval '60 days' FROM generate_series(1, 12000)",
            null,
            Ct
        );
        var deleted = await new LogRetention(database.Db).RunAsync(7, Ct);
        Assert.Equal(12002, deleted["system_logs"]);
        Assert.Equal(1, await CountAsync("system_logs"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new LogRetention(database.Db).RunAsync(0, Ct));
    }

    private static void Throw(ILogger logger, string text)
    {
        try
        {
            throw new InvalidOperationException(text);
        }
        catch (InvalidOperationException e)
        {
            logger.LogError(e, "It failed: {Text}", text);
        }
    }

    private static ErrorRow Error(string message) =>
        new("InternalError", message, "error", "f", "", null, "/x", "cid", TimeProvider.System.GetUtcNow());

    private static ApiRequestRow Request(string id, Guid? userId = null) =>
        new(id, userId, "/x", "GET", 200, 3, null, null, "192.0.2.1", "test", false, TimeProvider.System.GetUtcNow());

    private Task FlushAsync() => writer.FlushAsync(problems.Add, Ct);

    private Task<long> CountAsync(string from) => database.Db.ScalarAsync<long>("SELECT count(*) FROM " + from, null, Ct);
}
