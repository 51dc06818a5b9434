using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Rows and tables that somebody else has locked: requests are answered while the lock is held.</summary>
public sealed class LockedRowsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ApiProcesses api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        api = await ApiProcesses.StartAsync(1, database);
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Request_AtLockedRows_IsRefusedWhileTheyAreLocked()
    {
        var user = await api.CreateUserAsync();
        await using var holder = await database.DataSource.OpenConnectionAsync(Ct);
        foreach (
            var (sql, send) in new (string, Func<Task<HttpResponseMessage>>)[]
            {
                ("LOCK TABLE user_content_preferences IN ACCESS EXCLUSIVE MODE", () =>
                    user.Client.GetAsync(new Uri("/api/v1/user-preferences", UriKind.Relative), Ct)
                ),
                ("LOCK TABLE user_content_preferences IN SHARE MODE", () =>
                    user.Client.PostAsJsonAsync("/api/v1/user-preferences", new { tone = "calm" }, Ct)
                ),
                ("SELECT id FROM profiles FOR UPDATE", () =>
                    api.Clients[0].PostAsJsonAsync("/auth/login", new { email = user.Email, password = ApiFixture.Password }, Ct)
                ),
            }
        )
        {
            await using var transaction = await holder.BeginTransactionAsync(Ct);
            await using (var command = new NpgsqlCommand(sql, holder, transaction))
            {
                await command.ExecuteNonQueryAsync(Ct);
            }

            // The lock is let go only after the answer.
            using var refused = await send();
            var body = await refused.Content.ReadAsStringAsync(Ct);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, sql), (refused.StatusCode, sql));
            Assert.Contains("database_busy", body, StringComparison.Ordinal);
            Assert.Equal(new RetryConditionHeaderValue(TimeSpan.FromSeconds(1)), refused.Headers.RetryAfter);
            await transaction.RollbackAsync(Ct);
        }

        using var after = await user.Client.GetAsync(new Uri("/api/v1/user-preferences", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public void Timeouts_ByKindOfStatement_AreSet()
    {
        Assert.Equal((5, 10), (Db.ReadTimeoutSeconds, Db.WriteTimeoutSeconds));
        var options = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(database.ApplicationConnectionString)).Options;
        Assert.Contains("lock_timeout=1500", options, StringComparison.Ordinal);
    }
}
