namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Starts PostgreSQL as an ordinary process on loopback; the superuser is <c>postgres</c>.</summary>
public static class PostgresServer
{
    public static Task<IRunningServer> StartAsync(ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken cancellationToken)
        => throw new InvalidOperationException("No PostgreSQL binaries are known to this build.");
}
