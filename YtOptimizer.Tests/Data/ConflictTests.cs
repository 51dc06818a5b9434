using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Data;

public sealed class ConflictTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Deadlock_OfTwoTransactions_EndsWithBothDone()
    {
        await database.Db.ExecuteAsync(
            "CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL); INSERT INTO counters VALUES (1, 0), (2, 0)",
            null,
            Ct
        );
        var (attempts, both) = (0, new Barrier(2));
        Task<int> RunAsync(int first, int second) =>
            database.Db.InTransactionAsync(
                async scope =>
                {
                    var isFirst = Interlocked.Increment(ref attempts) <= 2;
                    await scope.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE id = @first", new { first });
                    if (isFirst)
                    {
                        await Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(30), Ct), Ct);
                    }

                    return await scope.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE id = @second", new { second });
                },
                Ct
            );
        await Task.WhenAll(RunAsync(1, 2), RunAsync(2, 1));
        Assert.True(attempts > 2, "one of them was the victim and ran again");
        Assert.Equal([2, 2], await database.Db.QueryAsync<int>("SELECT value FROM counters ORDER BY id", null, Ct));
    }

    [Fact]
    public async Task SerializationFailure_IsRetriedAndIsNoOutage()
    {
        await database.Db.ExecuteAsync(
            "CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL); INSERT INTO counters VALUES (1, 0)",
            null,
            Ct
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    database.Db.InTransactionAsync(
                        async scope =>
                        {
                            var value = await scope.ScalarAsync<int>("SELECT value FROM counters WHERE id = 1");
                            return await scope.ExecuteAsync("UPDATE counters SET value = @next WHERE id = 1", new { next = value + 1 });
                        },
                        Ct,
                        System.Data.IsolationLevel.Serializable
                    )
                )
        );
        Assert.Equal(3, await database.Db.ScalarAsync<int>("SELECT value FROM counters", null, Ct));
        var conflict = new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected);
        Assert.True(Conflicts.IsContention(conflict));
        Assert.False(DatabaseUnavailableException.Matches(conflict));
    }

    [Theory]
    [InlineData("SELECT email FROM profiles LIMIT 1")]
    [InlineData("UPDATE profiles SET last_login = now()")]
    public async Task LockOfSomebodyElse_IsNotWaitedFor(string sql)
    {
        await using var source = NpgsqlDataSource.Create(DatabaseAddress.Normalize(database.ConnectionString));
        await using var holder = await database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await holder.BeginTransactionAsync(Ct);
        await using (var command = new NpgsqlCommand("LOCK TABLE profiles IN ACCESS EXCLUSIVE MODE", holder, transaction))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        // The lock is still held when the statement has ended.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => new Db(source).ExecuteAsync(sql, null, Ct));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
        Assert.True(Conflicts.IsContention(refused));
        await transaction.RollbackAsync(Ct);
    }
}
