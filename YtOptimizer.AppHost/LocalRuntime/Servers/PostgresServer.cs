namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>
/// A private PostgreSQL server on loopback, without Docker: installed binaries, else the downloaded package.
/// The superuser is <c>postgres</c>; the data survives restarts in a folder per major version.
/// </summary>
public static class PostgresServer
{
    /// <summary>Returns when the server accepts the password. A server left over by a launcher that crashed is taken over.</summary>
    /// <exception cref="ServerStartException">Nothing usable was found, or the server did not start; the message says what to do.</exception>
    public static async Task<IRunningServer> StartAsync(ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken cancellationToken)
    {
        var way = ServerOverride.Parse(options.Override);
        var data = await DataFolder.PrepareAsync(options.DataDirectory, await UnixUser.ForServerAsync("", cancellationToken), log, cancellationToken);
        var installation = await PostgresSource.ChooseAsync(way, data, progress, cancellationToken);
        var cluster = await PostgresCluster.OpenAsync(data, installation.Major, cancellationToken);
        try
        {
            return await PostgresAdoption.TryAsync(installation, cluster, options.Password, progress, log, cancellationToken)
                ?? await PostgresLaunch.StartAsync(installation, cluster, options, progress, log, cancellationToken);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }
}
