using System.Net;
using System.Net.Sockets;
using Npgsql;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>PostgreSQL from installed binaries, as a process of our own.</summary>
public sealed class PostgresServerTests(ClusterTemplate template) : IClassFixture<ClusterTemplate>, IDisposable
{
    private readonly ServerScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Start_InstalledBinaries_KeepsDataAndSecretsOverRestart()
    {
        var first = await _scratch.StartPostgresAsync("system");
        await using (first)
        {
            Assert.Equal("127.0.0.1", first.Host);
            Assert.True(await first.IsHealthyAsync(ServerScratch.Token));
            Assert.Equal("127.0.0.1", await ServerScratch.QueryAsync(first, "SHOW listen_addresses"));
            Assert.Equal("", await ServerScratch.QueryAsync(first, "SHOW unix_socket_directories"));
            Assert.Equal("scram-sha-256", await ServerScratch.QueryAsync(first, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"));
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

        await using var second = await _scratch.StartPostgresAsync("system");
        Assert.Equal(42, await ServerScratch.QueryAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Start_PreferredPortTaken_UsesAnotherAndSaysSo()
    {
        template.CopyTo(_scratch);
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;

        await using var server = await _scratch.StartPostgresAsync("system", taken);

        Assert.NotEqual(taken, server.Port);
        Assert.Contains($"Port {taken} is taken", _scratch.Said, StringComparison.Ordinal);
        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Start_PasswordChangedInConfiguration_ServerFollows()
    {
        template.CopyTo(_scratch);

        await using var server = await _scratch.StartPostgresAsync("system", password: "other ' dummy");

        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1", "other ' dummy"));
    }

    [Fact]
    public async Task Start_PasswordUnknown_StopsAtOnceAndSaysWhatToDo()
    {
        template.CopyTo(_scratch);

        File.Delete(Assert.Single(Directory.GetFiles(_scratch.Folder, "password", SearchOption.AllDirectories)));

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync("system", password: "another-dummy"));

        Assert.Contains("refuses the password", e.Message, StringComparison.Ordinal);
        Assert.Contains("delete that data folder", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_scratch.Folder, "postmaster.pid", SearchOption.AllDirectories));
        await using var again = await _scratch.StartPostgresAsync("system");
        Assert.Equal(1, await ServerScratch.QueryAsync(again, "SELECT 1"));
    }

    [Fact]
    public async Task Start_WhileAnotherLauncherRunsTheSameData_Refuses()
    {
        template.CopyTo(_scratch);
        await using var first = await _scratch.StartPostgresAsync("system");

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync("system"));

        Assert.Contains("Another launcher already runs", e.Message, StringComparison.Ordinal);
        Assert.True(await first.IsHealthyAsync(ServerScratch.Token));
    }

    [Fact]
    public async Task Exited_ServerKilled_CompletesAndTheDataOpensAgainOnTheSamePort()
    {
        template.CopyTo(_scratch);
        var first = await _scratch.StartPostgresAsync("system");
        await using var connection = new NpgsqlConnection(ServerScratch.ConnectionString(first));
        await connection.OpenAsync(ServerScratch.Token);
        await using var command = new NpgsqlCommand("CREATE TABLE kept AS SELECT 42 AS answer", connection);
        await command.ExecuteNonQueryAsync(ServerScratch.Token);

        UnixNative.Signal(first.ProcessId, UnixNative.SigKill);
        await first.Exited.WaitAsync(TimeSpan.FromSeconds(20), ServerScratch.Token);

        // The killed server's connection lingers in the network stack; the port counts as free all the same.
        await using var second = await _scratch.StartPostgresAsync("system", first.Port);
        Assert.Equal(first.Port, second.Port);
        Assert.Equal(42, await ServerScratch.QueryAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task KillOfLauncher_LeavesNothingRunning()
    {
        template.CopyTo(_scratch);
        var (launcher, serverId, _) = await _scratch.StartLauncherAsync("postgres");
        Assert.True(ServerScratch.IsAlive(serverId));

        launcher.Kill();

        await ServerScratch.UntilAsync(() => !ServerScratch.IsAlive(serverId), "the server has followed its launcher");
        Assert.Empty(Directory.GetFiles(_scratch.Folder, "postmaster.pid", SearchOption.AllDirectories));
        launcher.Dispose();
    }

    [Fact]
    public async Task KillOfLauncher_WithoutKernelHelp_WatchdogEndsTheServer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows uses a job object.");

        template.CopyTo(_scratch);

        // As on macOS and BusyBox: no setpriv on PATH, only what is asked for by name.
        var postgres = (await PostgresSearch.FindAsync(null, [], ServerScratch.Token))[0];
        var tools = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "tools")).FullName;
        foreach (var tool in new[] { "id", "ls" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), Tool.OnPath(tool).First());
        }

        var (launcher, serverId, _) = await _scratch.StartLauncherAsync("postgres", start =>
        {
            start.Environment["PATH"] = tools;
            start.Environment["PGBIN"] = postgres.BinDirectory;
        });
        Assert.True(ServerScratch.IsAlive(serverId));

        launcher.Kill();

        await ServerScratch.UntilAsync(() => !ServerScratch.IsAlive(serverId), "the watchdog has ended the server");
        launcher.Dispose();
    }

    [Fact]
    public async Task Start_ServerLeftOver_IsTakenOver()
    {
        template.CopyTo(_scratch);

        // A server that nothing binds to a launcher, as one whose launcher crashed on a system without death signals.
        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        using var left = await LooseServer.StartAsync(data);

        await using var server = await _scratch.StartPostgresAsync("system");

        Assert.Equal(left.Id, server.ProcessId);
        Assert.Contains("Took over", _scratch.Said, StringComparison.Ordinal);
        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
        await server.StopAsync(ServerScratch.Token);
        Assert.False(ServerScratch.IsAlive(left.Id));
    }

    [Fact]
    public async Task Start_ServerLeftOverWithAnotherPassword_SaysWhichProcess()
    {
        template.CopyTo(_scratch);

        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        using var left = await LooseServer.StartAsync(data);

        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync("system", password: "another-dummy"));

        Assert.Contains($"process {left.Id}", e.Message, StringComparison.Ordinal);
        Assert.True(ServerScratch.IsAlive(left.Id));
    }

    [Fact]
    public async Task Start_StalePidOfAnotherProcess_IsForgotten()
    {
        template.CopyTo(_scratch);

        var data = Assert.Single(Directory.GetDirectories(_scratch.Folder, "data", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{Environment.ProcessId}\n{data}\n1\n5432\n\n127.0.0.1\n", ServerScratch.Token);

        await using var server = await _scratch.StartPostgresAsync("system");

        Assert.Equal(1, await ServerScratch.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Start_External_NamesTheVariable()
    {
        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync("external"));

        Assert.Contains("ConnectionStrings__ytoptimizer", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownOverride_NamesTheChoices()
    {
        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartPostgresAsync("docker"));

        Assert.Contains("external, system or package", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_FolderWithoutBinaries_SaysWhatIsMissing()
    {
        var tried = new List<string>();

        Assert.Null(await PostgresSearch.InspectAsync(_scratch.Folder, null, tried, ServerScratch.Token));

        Assert.Contains("no postgres and no initdb", Assert.Single(tried), StringComparison.Ordinal);
    }
}
