using System.Net;
using System.Net.Sockets;
using Npgsql;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>PostgreSQL from installed binaries, as a process of our own.</summary>
public sealed class PostgresServerTests(ClusterTemplate template) : IClassFixture<ClusterTemplate>, IDisposable
{
    private readonly ServerScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Start_InstalledBinaries_KeepsDataAndSecretsOverRestart()
    {
        var first = await _scratch.StartPostgresAsync(ServerSource.Installed);
        await using (first)
        {
            Assert.Equal("127.0.0.1", first.Host);
            Assert.True(await first.IsHealthyAsync(ServerScratch.Token));
            Assert.Equal("127.0.0.1", await ServerScratch.QueryAsync(first, "SHOW listen_addresses"));
            Assert.Equal("", await ServerScratch.QueryAsync(first, "SHOW unix_socket_directories"));
            Assert.Equal(
                "scram-sha-256",
                await ServerScratch.QueryAsync(first, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules")
            );
            await ServerScratch.QueryAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        Assert.True(first.Exited.IsCompletedSuccessfully);
        Assert.False(ServerScratch.IsAlive(first.ProcessId));
        Assert.False(await first.IsHealthyAsync(ServerScratch.Token));
        var password = Assert.Single(Directory.GetFiles(_scratch.Folder, "password", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(password));
        }

        await using var second = await _scratch.StartPostgresAsync(ServerSource.Installed);
        Assert.Equal(42, await ServerScratch.QueryAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Start_PreferredPortTaken_UsesAnotherAndSaysSo()
    {
        await template.CopyToAsync(_scratch);
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;

        await using var server = await _scratch.StartPostgresAsync(ServerSource.Installed, taken);

        Assert.NotEqual(taken, server.Port);
        Assert.Contains($"Port {taken} is taken", _scratch.Said, StringComparison.Ordinal);
        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Start_OtherPasswordThanTheDataHas_SaysWhatToDo()
    {
        await template.CopyToAsync(_scratch);

        var e = await Assert.ThrowsAsync<ServerStartException>(() =>
            _scratch.StartPostgresAsync(ServerSource.Installed, password: "another-dummy")
        );

        Assert.Contains("was created with another password", e.Message, StringComparison.Ordinal);
        Assert.Contains("to begin with an empty database", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerScratch.Password, e.Message, StringComparison.Ordinal);
        await using var again = await _scratch.StartPostgresAsync(ServerSource.Installed);
        Assert.Equal(1, await ServerScratch.QueryAsync(again, "SELECT 1"));
    }

    [Fact]
    public async Task Start_DataOfAnInstalledVersionThatIsGone_IsNotReplacedByAnEmptyDatabase()
    {
        var data = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "pg99", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "99\n", ServerScratch.Token);

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync());

        Assert.Contains("was made by PostgreSQL 99", e.Message, StringComparison.Ordinal);
        Assert.Contains("YTO_DATA_DIR", e.Message, StringComparison.Ordinal);
        Assert.Equal(["pg99"], Directory.GetDirectories(_scratch.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Start_DataOfAnotherMajorVersionInTheFolder_SaysWhich()
    {
        await template.CopyToAsync(_scratch);
        var file = Assert.Single(
            Directory.GetFiles(
                _scratch.Folder,
                "PG_VERSION",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }
            )
        );
        await File.WriteAllTextAsync(file, "14\n", ServerScratch.Token);

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync(ServerSource.Installed));

        Assert.Contains("was made by PostgreSQL 14", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhileAnotherLauncherRunsTheSameData_Refuses()
    {
        await template.CopyToAsync(_scratch);
        await using var first = await _scratch.StartPostgresAsync(ServerSource.Installed);

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync(ServerSource.Installed));

        Assert.Contains("Another application already runs", e.Message, StringComparison.Ordinal);
        Assert.True(await first.IsHealthyAsync(ServerScratch.Token));
    }

    [Fact]
    public async Task Exited_ServerKilled_CompletesAndTheDataOpensAgainOnTheSamePort()
    {
        await template.CopyToAsync(_scratch);
        var first = await _scratch.StartPostgresAsync(ServerSource.Installed);
        await using var connection = new NpgsqlConnection(ServerScratch.ConnectionString(first));
        await connection.OpenAsync(ServerScratch.Token);
        await using var command = new NpgsqlCommand("CREATE TABLE kept AS SELECT 42 AS answer", connection);
        await command.ExecuteNonQueryAsync(ServerScratch.Token);

        UnixNative.Signal(first.ProcessId, UnixNative.SigKill);
        await first.Exited.WaitAsync(TimeSpan.FromSeconds(20), ServerScratch.Token);

        // The killed server's connection lingers in the network stack; the port counts as free all the same.
        await using var second = await _scratch.StartPostgresAsync(ServerSource.Installed, first.Port);
        Assert.Equal(first.Port, second.Port);
        Assert.Equal(42, await ServerScratch.QueryAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Start_ServerLeftOver_IsShutDownAndItsDataGoesOn()
    {
        await template.CopyToAsync(_scratch);

        // A server that nothing binds to a launcher, as one whose launcher crashed on a system without death signals.
        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        using var left = await LooseServer.StartAsync(data);

        await using var server = await _scratch.StartPostgresAsync(ServerSource.Installed);

        Assert.NotEqual(left.Id, server.ProcessId);
        Assert.False(ServerScratch.IsAlive(left.Id));
        Assert.Contains("Shutting down the PostgreSQL that an earlier start left running", _scratch.Said, StringComparison.Ordinal);
        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Start_ServerLeftOverWithAnotherPassword_SaysWhichProcess()
    {
        await template.CopyToAsync(_scratch);

        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        using var left = await LooseServer.StartAsync(data);

        var e = await Assert.ThrowsAsync<ServerStartException>(() =>
            _scratch.StartPostgresAsync(ServerSource.Installed, password: "another-dummy")
        );

        Assert.Contains($"process {left.Id}", e.Message, StringComparison.Ordinal);
        Assert.True(ServerScratch.IsAlive(left.Id));
    }

    [Fact]
    public async Task Start_StalePidOfAnotherProcess_IsForgotten()
    {
        await template.CopyToAsync(_scratch);

        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(
            Path.Combine(data, "postmaster.pid"),
            $"{Environment.ProcessId}\n{data}\n1\n5432\n\n127.0.0.1\n",
            ServerScratch.Token
        );

        await using var server = await _scratch.StartPostgresAsync(ServerSource.Installed);

        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Inspect_FolderWithoutBinaries_SaysWhatIsMissing()
    {
        var tried = new List<string>();

        Assert.Null(await PostgresSearch.InspectAsync(_scratch.Folder, null, tried, ServerScratch.Token));

        Assert.Contains("no postgres and no initdb", Assert.Single(tried), StringComparison.Ordinal);
    }
}
