using System.Net;
using System.Net.Sockets;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>An installed Redis or Valkey as a process of our own. Left out where none is installed.</summary>
public sealed class RedisServerTests : IDisposable
{
    private readonly ServerScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Start_Installed_WorksOnLoopbackAndEnds()
    {
        await SkipWithoutRedisAsync();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;

        var server = (await _scratch.StartRedisAsync("system", taken))!;
        await using (server)
        {
            Assert.NotEqual(taken, server.Port);
            Assert.True(await server.IsHealthyAsync(ServerScratch.Token));
            await CacheProbe.WorksAsync(server);
            await CacheProbe.RefusesWrongPasswordAsync(server);
            if (OperatingSystem.IsLinux())
            {
                var commandLine = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/cmdline", ServerScratch.Token);
                Assert.DoesNotContain(ServerScratch.Password, commandLine, StringComparison.Ordinal);
            }
        }

        Assert.False(ServerScratch.IsAlive(server.ProcessId));
    }

    [Fact]
    public async Task KillOfLauncher_LeavesNothingRunning()
    {
        await SkipWithoutRedisAsync();
        var (launcher, serverId, _) = await _scratch.StartLauncherAsync("redis");
        Assert.True(ServerScratch.IsAlive(serverId));

        launcher.Kill();

        await ServerScratch.UntilAsync(() => !ServerScratch.IsAlive(serverId), "the server has followed its launcher");
        launcher.Dispose();
    }

    [Fact]
    public async Task Start_ServerLeftOver_IsTakenOver()
    {
        await SkipWithoutRedisAsync();
        var first = (await _scratch.StartRedisAsync("system"))!;

        // The same server, seen by a launcher that finds only its traces.
        using var second = new ServerScratch();
        Directory.CreateDirectory(Path.Combine(second.Folder, "redis"));
        File.Copy(Path.Combine(_scratch.Folder, "redis", "running.json"), Path.Combine(second.Folder, "redis", "running.json"));
        var adopted = (await second.StartRedisAsync("system"))!;

        Assert.Equal(first.ProcessId, adopted.ProcessId);
        await adopted.StopAsync(ServerScratch.Token);
        await first.Exited.WaitAsync(TimeSpan.FromSeconds(20), ServerScratch.Token);
    }

    [Fact]
    public async Task Start_External_NamesTheVariable()
    {
        var e = await Assert.ThrowsAsync<ServerStartException>(() => _scratch.StartRedisAsync("external"));

        Assert.Contains("ConnectionStrings__cache", e.Message, StringComparison.Ordinal);
    }

    private static async Task SkipWithoutRedisAsync() => Assert.SkipWhen(
        await RedisSearch.FindAsync([], ServerScratch.Token) is null, "Neither redis-server nor valkey-server is installed.");
}
