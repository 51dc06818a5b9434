using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>A private PostgreSQL server, prepared and started as the application's own but without an orchestrator: tests and benchmarks
/// need no more.</summary>
public static class PostgresServer
{
    /// <summary>Returns when the server accepts the password.</summary>
    /// <exception cref="ServerStartException">Nothing usable was found, or the server did not start.</exception>
    public static async Task<IRunningServer> StartAsync(
        ServerOptions options,
        IProgress<string> progress,
        Action<string> log,
        CancellationToken cancellationToken
    )
    {
        var (postgres, cluster) = await PostgresPreparation.RunAsync(
            options.DataDirectory,
            options.Password,
            options.Source,
            progress,
            cancellationToken
        );
        try
        {
            return await PostgresLaunch.StartAsync(postgres, cluster, options, progress, log, cancellationToken);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }
}
