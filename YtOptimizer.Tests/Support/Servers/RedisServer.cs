using System.Diagnostics;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>A private Redis or Valkey on loopback, with the application's own configuration but without an orchestrator.</summary>
internal static class RedisServer
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the server accepts the password and a write.</summary>
    /// <exception cref="ServerStartException">None is installed, or it did not start.</exception>
    public static async Task<IRunningServer> StartAsync(string folder, string password, CancellationToken ct)
    {
        var tried = new List<string>();
        var redis = await RedisSearch.FindAsync(tried, ct)
            ?? throw new ServerStartException(string.Join("; ", tried) + ". Install redis-server or valkey.");
        var user = await UnixUser.ForServerAsync("", ct);
        var home = await DataFolder.PrepareAsync(folder, user, ct);
        var port = LoopbackPorts.FindFree();
        var (file, arguments) = await Setpriv.WrapAsync(
            user,
            "TERM",
            redis.Program,
            [RedisConfiguration.Write(home, user, port, password)]
        );
        var child = await ChildProcess.StartAsync(file, arguments, user, home, _ => { });
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeLimit && !child.Exited.IsCompleted; )
        {
            if (await RedisLogin.TryAsync(port, password, ct))
            {
                return new RunningServer(
                    port,
                    child.Id,
                    redis.Description,
                    child.Exited,
                    token => RedisLogin.TryAsync(port, password, token),
                    OperatingSystem.IsWindows() ? [child.Kill] : [() => UnixNative.Signal(child.Id, UnixNative.SigTerm), child.Kill]
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), ct);
        }

        child.Kill();
        throw new ServerStartException($"{redis.Description} did not start: {child.Tail}");
    }
}
