namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>Serves the page with resources, logs and commands on loopback.</summary>
internal static class DashboardHost
{
    /// <summary>Starts the dashboard of <paramref name="application"/>; null when it has none. Disposing the result stops it.</summary>
    public static Task<IAsyncDisposable?> StartAsync(DistributedApplication application, CancellationToken cancellationToken)
        => Task.FromResult<IAsyncDisposable?>(null);
}
