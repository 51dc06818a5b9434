using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>The login that <c>db push</c> makes when DATABASE_APP_PASSWORD is set.</summary>
public sealed class ApplicationLoginTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Ensure_SeveralAtOnceThenAnotherPassword_LogsInWithTheLastAndMayNotChangeHistory()
    {
        var (first, second) = ("First0123456789abcdef", "Second0123456789abcdef");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApplicationLogin.EnsureAsync(database.DataSource, first, Ct)));
        await ApplicationLogin.EnsureAsync(database.DataSource, second, Ct);

        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                Username = ApplicationLogin.Name,
                Password = second,
                Pooling = false,
            }.ConnectionString
        );
        await using var connection = await source.OpenConnectionAsync(Ct);
        foreach (
            var (sql, allowed) in new[]
            {
                ("INSERT INTO audit_trail (action, entity_type) VALUES ('a', 'b')", true),
                ("DELETE FROM audit_trail", false),
                ("UPDATE security_events SET status = 'x'", false),
                ("DROP TABLE audit_trail", false),
                ("CREATE TABLE mine (id int)", false),
                ("ALTER TABLE profiles DISABLE ROW LEVEL SECURITY", false),
                ("SET ROLE postgres", false),
                ("SELECT * FROM subscription_limits", true),
                ("UPDATE subscription_limits SET video_analysis_limit = -1", false),
                ("INSERT INTO subscription_limits (tier) VALUES ('mine')", false),
                ("DELETE FROM subscription_limits", false),
                ("TRUNCATE subscription_limits", false),
                ("SELECT * FROM ops.audit_chain_heads", false),
            }
        )
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var error = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync(Ct));
            Assert.Equal(allowed ? null : PostgresErrorCodes.InsufficientPrivilege, (error as PostgresException)?.SqlState);
        }

        // The password is nowhere in what the server keeps of its statements.
        Assert.Equal(
            0,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM pg_authid WHERE rolname = @name AND rolpassword NOT LIKE 'SCRAM-SHA-256$%'",
                new { name = ApplicationLogin.Name },
                Ct
            )
        );
    }

    [Theory]
    [InlineData("short")]
    [InlineData("0123456789'; DROP ROLE x")]
    public async Task Ensure_WeakOrOddPassword_SaysWhatToDoWithoutRepeatingIt(string password)
    {
        var error = await Assert.ThrowsAsync<MigrationException>(() => ApplicationLogin.EnsureAsync(database.DataSource, password, Ct));
        Assert.Contains("Invalid environment variable DATABASE_APP_PASSWORD", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_OwnerWithoutTheRight_NamesTheWayOut()
    {
        var error = await Assert.ThrowsAsync<MigrationException>(() =>
            ApplicationLogin.EnsureAsync(database.ApplicationSource, "0123456789abcdef0123", Ct)
        );
        Assert.Contains("CREATEROLE", error.Message, StringComparison.Ordinal);
    }
}
