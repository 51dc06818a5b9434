namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>
/// A private Redis-compatible server on loopback, without Docker: an installed Redis or Valkey, else the .NET tool Garnet.
/// It holds nothing that cannot be rebuilt, so its absence is no error.
/// </summary>
public static class RedisServer
{
    /// <summary>Returns when the server accepts the password and a write; null, said through <paramref name="progress"/>, when there is none.</summary>
    /// <exception cref="ServerStartException">YTO_SERVERS forbids to start one, or another launcher runs this one.</exception>
    public static async Task<IRunningServer?> StartAsync(ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken cancellationToken)
    {
        var way = ServerOverride.Parse(options.Override);
        if (way == ServerWay.External)
        {
            throw new ServerStartException($"{ServerOverride.Variable}=external starts no server. Set ConnectionStrings__cache (host:port,password=…) or REDIS_URL to your Redis 6.2 or later, or remove the cache.");
        }

        var home = await RedisHome.OpenAsync(options.DataDirectory, log, cancellationToken);
        try
        {
            var server = await AdoptAsync(home, options.Password, progress, cancellationToken)
                ?? await StartAsync(way, home, options, progress, log, cancellationToken);
            if (server is null)
            {
                home.Dispose();
            }

            return server;
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    private static async Task<IRunningServer?> StartAsync(ServerWay way, RedisHome home, ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken ct)
    {
        var tried = new List<string>();
        if (way != ServerWay.Package && await RedisSearch.FindAsync(tried, ct) is { } installed)
        {
            try
            {
                return await RedisLaunch.StartAsync(installed, home, options, progress, log, ct);
            }
            catch (ServerStartException e)
            {
                tried.Add(e.Message);
            }
        }

        if (way != ServerWay.System)
        {
            try
            {
                return await RedisLaunch.StartAsync(await GarnetTool.GetAsync(PackageCache.Folder, progress, ct), home, options, progress, log, ct);
            }
            catch (ServerStartException e)
            {
                tried.Add(e.Message);
            }
        }

        progress.Report(
            $"No Redis-compatible server ({string.Join("; ", tried)}). The application runs without a cache. "
            + "To have one: apt-get install redis-server, brew install valkey, or set ConnectionStrings__cache or REDIS_URL.");
        return null;
    }

    private static async Task<IRunningServer?> AdoptAsync(RedisHome home, string password, IProgress<string> progress, CancellationToken ct)
    {
        if (home.LeftOver() is not var (running, process))
        {
            return null;
        }

        // Without an answer it is another process with a reused number, or one that is just ending: a new one on another port harms nobody.
        if (!await RedisLogin.TryAsync(running.Port, password, ct))
        {
            process.Dispose();
            return null;
        }

        progress.Report($"Took over the cache server that an earlier start left running (process {running.ProcessId}, port {running.Port}).");
        return new RunningServer(
            running.Port,
            running.ProcessId,
            "cache server left running by an earlier start",
            EndAsync(),
            token => RedisLogin.TryAsync(running.Port, password, token),
            RedisLaunch.StopSteps(running.ProcessId, process.Kill));

        async Task<int> EndAsync()
        {
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            home.Forget();
            home.Dispose();
            return -1;
        }
    }
}
