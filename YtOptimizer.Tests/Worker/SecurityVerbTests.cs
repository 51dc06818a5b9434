using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Worker;

/// <summary>The verbs as operators run them: the built program, its output and its exit code.</summary>
public sealed class SecurityVerbTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task AuditVerify_WholeThenTampered_ExitsWithZeroThenTwo()
    {
        for (var i = 0; i < 3; i++)
        {
            await AuditTrail.AppendAsync(database.Db, new AuditEntry("change", "thing") { EntityId = $"{i}" }, Ct);
        }

        var anchors = Path.GetTempFileName();
        var (anchored, _) = await RunAsync("audit", "anchor", "--file", anchors);
        Assert.Equal(0, anchored);
        var (whole, output) = await RunAsync("audit", "verify", "--anchors", anchors);
        Assert.Equal(0, whole);
        Assert.Contains("audit_trail: whole, 3 links", output, StringComparison.Ordinal);

        await database.Db.ExecuteAsync(
            "ALTER TABLE audit_trail DISABLE TRIGGER USER; UPDATE audit_trail SET action = 'other' WHERE entity_id = '1'",
            null,
            Ct
        );
        var (tampered, found) = await RunAsync("audit", "verify", "--anchors", anchors);
        Assert.Equal(2, tampered);
        Assert.Contains("audit_trail: row changed, place 2", found, StringComparison.Ordinal);
        File.Delete(anchors);
    }

    [Fact]
    public async Task OpsBlockIp_AndUnblock_WriteLedgerAndTrail()
    {
        var (blocked, output) = await RunAsync("ops", "block-ip", "203.0.113.9", "--minutes", "30", "--reason", "test");
        Assert.Equal(0, blocked);
        Assert.Contains("203.0.113.9 is blocked until", output, StringComparison.Ordinal);
        Assert.Equal(
            1,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM ip_rate_limits WHERE ip_address = '203.0.113.9' AND blocked_until > now() AND endpoint = '*'",
                null,
                Ct
            )
        );
        Assert.Equal(0, (await RunAsync("ops", "unblock-ip", "203.0.113.9")).Code);
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM ip_rate_limits", null, Ct));
        Assert.Equal(
            2,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM audit_trail WHERE entity_type = 'ip_address' AND actor_role = 'operator'",
                null,
                Ct
            )
        );
        Assert.Equal(1, (await RunAsync("ops", "block-ip", "everyone")).Code);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments([typeof(YtOptimizer.Worker.Commands.AuditCommand).Assembly.Location, .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("ConnectionStrings__ytoptimizer", database.ConnectionString))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }
}
