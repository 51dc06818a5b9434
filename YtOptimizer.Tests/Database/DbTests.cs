using System.Net;
using System.Net.Sockets;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>What callers of <see cref="Db"/> see when the database is not there.</summary>
public class DbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_NothingListens_IsUnavailable()
    {
        await using var source = NpgsqlDataSource.Create(DatabaseAddress.Normalize("Host=127.0.0.1;Port=1;Username=u"));
        var failure = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => new Db(source).ScalarAsync<int>("SELECT 1", null, Ct));
        Assert.Contains("Failed to connect to database", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ServerNeverAnswers_IsUnavailable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var source = NpgsqlDataSource.Create(
            DatabaseAddress.Normalize($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=u;Timeout=6")
        );
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => new Db(source).ScalarAsync<int>("SELECT 1", null, Ct));
    }

    [Fact]
    public async Task Query_PoolExhausted_IsUnavailable_AndRecovers()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var source = NpgsqlDataSource.Create(DatabaseAddress.Normalize(database.ConnectionString + ";Maximum Pool Size=1"));
        var db = new Db(source);
        await using (await source.OpenConnectionAsync(Ct))
        {
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => db.ScalarAsync<int>("SELECT 1", null, Ct));
        }

        Assert.Equal(1, await db.ScalarAsync<int>("SELECT 1", null, Ct));
    }

    [Fact]
    public async Task Query_CallerGivesUp_IsACancellationNotAnOutage()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var source = NpgsqlDataSource.Create(
            DatabaseAddress.Normalize($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=u")
        );
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Db(source).ScalarAsync<int>("SELECT 1", null, caller.Token));
    }

    [Fact]
    public async Task Query_BackendTerminated_IsAnOutage()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(() =>
            database.Db.ExecuteAsync("SELECT pg_terminate_backend(pg_backend_pid())", null, Ct)
        );
        Assert.True(DatabaseUnavailableException.Matches(failure));
        Assert.Equal(1, await database.Db.ScalarAsync<int>("SELECT 1", null, Ct));
    }

    [Fact]
    public async Task Query_WrongStatement_IsNoOutage()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => database.Db.ExecuteAsync("SELECT nothing FROM nowhere", null, Ct));
        Assert.False(DatabaseUnavailableException.Matches(failure));
        Assert.True(
            DatabaseUnavailableException.Matches(new InvalidOperationException("outer", new DatabaseUnavailableException("inner")))
        );
    }
}
