using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.ServiceDefaults;
using static YtOptimizer.Tests.AppHost.RunningApplication;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The servers that the application starts on the machine, and what a developer reads when they cannot start.</summary>
public sealed class LocalServersTests : IDisposable
{
    private readonly string _data = DataFolder();

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Start_ThenStop_ServesOnLoopbackAndLeavesACleanClusterAndNoProcess()
    {
        int postmaster;
        await using (var application = await StartServersAsync())
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Database, Token);
            await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Cache, Token);

            await using var database = new NpgsqlConnection(
                await application.GetConnectionStringAsync(ResourceNames.Database, Token) + ";Pooling=false"
            );
            await database.OpenAsync(Token);
            await using var command = new NpgsqlCommand(
                "SELECT current_database() || ' ' || current_setting('listen_addresses') || ' ' || "
                    + "current_setting('shared_preload_libraries')",
                database
            );
            Assert.Equal("ytoptimizer 127.0.0.1 pg_stat_statements", await command.ExecuteScalarAsync(Token));
            var cache = (await application.GetConnectionStringAsync(ResourceNames.Cache, Token))!;
            await using (var redis = await ConnectionMultiplexer.ConnectAsync(cache))
            {
                Assert.Equal(7, (int)await redis.GetDatabase().ScriptEvaluateAsync("return 7"));
            }

            await Assert.ThrowsAnyAsync<RedisException>(() =>
                ConnectionMultiplexer.ConnectAsync(cache.Split(',')[0] + ",password=wrong-dummy,connectRetry=0,connectTimeout=3000")
            );
            postmaster = PostmasterPid.Read(Cluster)!.ProcessId;
            AssertSecretsArePrivate();
        }

        Assert.Null(PostmasterPid.Read(Cluster));
        Assert.False(Servers.ServerScratch.IsAlive(postmaster));
        Assert.Contains(
            "shut down",
            (await ControlDataAsync()).First(line => line.StartsWith("Database cluster state", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(_data, "application.json")));
    }

    [Fact]
    public async Task Start_DataOfAVersionThatIsGone_StateAndLogSayWhatToDo()
    {
        var data = Directory.CreateDirectory(Path.Combine(_data, "pg99", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "99\n", Token);
        await using var application = await StartServersAsync();

        await application.StateAsync(ResourceNames.Postgres, c => c.Snapshot.State?.Text == KnownResourceStates.FailedToStart);
        var line = await application.LineAsync(ResourceNames.Postgres, "was made by PostgreSQL 99");

        Assert.Contains("set YTO_DATA_DIR to another folder", line, StringComparison.Ordinal);
        await application.StateAsync(ResourceNames.Database, c => c.Snapshot.State?.Text == KnownResourceStates.FailedToStart);
    }

    [Fact]
    public async Task Start_DataFolderThatCannotBeMade_StateAndLogSayWhatToDo()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "", Token);
        await using var builder = await CreateAsync(Path.Combine(file, "below"));
        builder.Remove(ResourceNames.Migrations, ResourceNames.Api, ResourceNames.Worker);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync(ResourceNames.Postgres, c => c.Snapshot.State?.Text == KnownResourceStates.FailedToStart);

        await application.LineAsync(ResourceNames.Postgres, "set YTO_DATA_DIR to a folder that you may write to");
    }

    [Fact]
    public async Task Start_AnotherApplicationOnTheSameData_IsRefused()
    {
        await using var first = await StartServersAsync();
        await first.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Postgres, Token);
        await using var second = await StartServersAsync();

        await second.StateAsync(ResourceNames.Postgres, c => c.Snapshot.State?.Text == KnownResourceStates.FailedToStart);

        await second.LineAsync(ResourceNames.Postgres, "Another application already runs the PostgreSQL");
    }

    [Theory]
    [InlineData("not an address; at all", "Correct DATABASE_URL")]
    [InlineData("postgresql://nobody:dummy-secret@127.0.0.1:1/none", "The database does not answer")]
    public async Task Start_BrokenDatabaseUrl_StateAndLogSayWhatToDo(string address, string expected)
    {
        await using var builder = await CreateAsync(_data, "--DATABASE_URL=" + address);
        builder.Remove(ResourceNames.Migrations, ResourceNames.Api, ResourceNames.Worker, ResourceNames.Cache, "cache-password");
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        var state = await application.StateAsync(ResourceNames.Database, c =>
            c.Snapshot.HealthStatus == HealthStatus.Unhealthy && c.Snapshot.HealthReports.Any(r => r.Description is not null)
        );
        var line = await application.LineAsync(ResourceNames.Database, expected);

        Assert.Contains(expected, state.Snapshot.HealthReports.Single().Description, StringComparison.Ordinal);
        Assert.DoesNotContain("dummy-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ApiPortTaken_StateAndLogSayWhichAndWhatToDo()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var builder = await CreateAsync(
            _data,
            "--DcpPublisher:RandomizePorts=false",
            "--DATABASE_URL=postgresql://nobody:dummy@127.0.0.1:1/none",
            "--REDIS_URL=redis://127.0.0.1:1"
        );
        builder.Remove(ResourceNames.Migrations, ResourceNames.Worker);
        var api = builder.Resources.OfType<ProjectResource>().Single(r => r.Name == ResourceNames.Api);
        api.Annotations.OfType<EndpointAnnotation>().Single().Port = taken;
        foreach (var wait in api.Annotations.OfType<WaitAnnotation>().ToList())
        {
            api.Annotations.Remove(wait);
        }

        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync(ResourceNames.Api, c => c.Snapshot.State?.Text == KnownResourceStates.FailedToStart);
        await application.LineAsync(ResourceNames.Api, $"Port {taken} is taken by another program. End that program");
    }

    private string Cluster => Path.Combine(Directory.GetDirectories(_data, "pg*").Single(), "data");

    private async Task<DistributedApplication> StartServersAsync()
    {
        var builder = await CreateAsync(_data);
        builder.Remove(ResourceNames.Migrations, ResourceNames.Api, ResourceNames.Worker);
        var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        return application;
    }

    private void AssertSecretsArePrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            string[] files =
            [
                .. Directory.GetFiles(Path.Combine(_data, "secrets")),
                Path.Combine(_data, "application.json"),
                Path.Combine(_data, "redis", "redis.conf"),
                Path.Combine(Path.GetDirectoryName(Cluster)!, "password"),
            ];
            Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }
    }

    private async Task<string[]> ControlDataAsync()
    {
        var postgres = (await PostgresSearch.FindAsync(null, [], Token))[0];
        var real = new FileInfo(postgres.Program("postgres")).ResolveLinkTarget(returnFinalTarget: true)?.FullName
            ?? postgres.Program("postgres");
        var program = Path.Combine(Path.GetDirectoryName(real)!, "pg_controldata");
        Assert.SkipUnless(File.Exists(program), "pg_controldata is not installed.");
        var result = await Tool.RunAsync(program, [Cluster], TimeSpan.FromSeconds(20), Token);
        return result!.Output.Split('\n');
    }
}
