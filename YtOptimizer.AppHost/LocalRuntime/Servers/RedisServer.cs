namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Starts a Redis-compatible server as an ordinary process on loopback; null when none can be had.</summary>
public static class RedisServer
{
    public static Task<IRunningServer?> StartAsync(ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken cancellationToken)
        => Task.FromResult<IRunningServer?>(null);
}
