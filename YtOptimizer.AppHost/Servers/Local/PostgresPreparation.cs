namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Everything that must be there before a PostgreSQL server can start.</summary>
internal static class PostgresPreparation
{
    /// <summary>Finds or fetches the binaries, opens the cluster, ends what an earlier start left running, and makes a new one.</summary>
    /// <exception cref="ServerStartException">It cannot be had; the message says what to do.</exception>
    public static async Task<(PostgresInstallation Postgres, PostgresCluster Cluster)> RunAsync(
        string dataDirectory, string password, ServerSource source, IProgress<string> progress, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            throw new ServerStartException("PostgreSQL refuses to run as administrator. Start from a console that is not elevated.");
        }

        var data = await DataFolder.PrepareAsync(dataDirectory, await UnixUser.ForServerAsync("", ct), ct);
        var postgres = await PostgresSource.ChooseAsync(source, data, progress, ct);
        var cluster = await PostgresCluster.OpenAsync(data, postgres.Major, ct);
        try
        {
            await PrepareAsync(postgres, cluster, password, progress, ct);
            return (postgres, cluster);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>The same again for a server that ended: what was found is kept.</summary>
    public static async Task PrepareAsync(PostgresInstallation postgres, PostgresCluster cluster, string password,
        IProgress<string> progress, CancellationToken ct)
    {
        await PostgresLeftOver.EndAsync(cluster, password, progress, ct);
        if (!cluster.IsInitialized)
        {
            progress.Report($"Creating an empty database cluster with {postgres.Description} …");
            await cluster.InitializeAsync(postgres, password, ct);
        }

        cluster.Check(postgres, password);
        progress.Report($"Starting {postgres.Description} on {cluster.Data}.");
    }
}
