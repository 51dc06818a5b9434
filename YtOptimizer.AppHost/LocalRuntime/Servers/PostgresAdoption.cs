using System.Diagnostics;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Takes over a server that a crashed launcher left running on our data.</summary>
internal static class PostgresAdoption
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The running server, or null when none runs (any more).</summary>
    /// <exception cref="ServerStartException">A server runs there but refuses the password, or neither answers nor ends.</exception>
    public static async Task<IRunningServer?> TryAsync(PostgresInstallation postgres, PostgresCluster cluster, string password, IProgress<string> progress, Action<string> log, CancellationToken ct)
    {
        for (var since = Stopwatch.StartNew(); ;)
        {
            if (PostmasterPid.Read(cluster.Data) is not { } pid)
            {
                return null;
            }

            if (!pid.IsServerOf(cluster.Data))
            {
                ForgetReusedPid(cluster, pid, log);
                return null;
            }

            switch (pid.Port == 0 || !pid.IsReady ? LoginResult.NotYet : await PostgresLogin.TryAsync(pid.Port, password, ct))
            {
                case LoginResult.Accepted:
                    progress.Report($"Took over the PostgreSQL that an earlier start left running (process {pid.ProcessId}, port {pid.Port}).");
                    return Adopt(postgres, cluster, pid, password);
                case LoginResult.WrongPassword:
                    throw new ServerStartException($"A PostgreSQL server (process {pid.ProcessId}, port {pid.Port}) already runs on {cluster.Data} and refuses our password. End that process, or use another data folder.");
                default:
                    // Still starting, or shutting down because its launcher has just died.
                    if (since.Elapsed > Patience)
                    {
                        throw new ServerStartException($"A PostgreSQL server (process {pid.ProcessId}) runs on {cluster.Data} but does not answer. End that process and start again.");
                    }

                    await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
                    break;
            }
        }
    }

    private static RunningServer Adopt(PostgresInstallation postgres, PostgresCluster cluster, PostmasterPid pid, string password)
    {
        var process = Process.GetProcessById(pid.ProcessId);
        return new RunningServer(
            pid.Port,
            pid.ProcessId,
            "PostgreSQL left running by an earlier start",
            EndAsync(),
            async ct => await PostgresLogin.TryAsync(pid.Port, password, ct) == LoginResult.Accepted,
            PostgresLaunch.StopSteps(postgres, pid.ProcessId, process.Kill));

        async Task<int> EndAsync()
        {
            // The exit code of a process that is not our child stays unknown.
            await process.WaitForExitAsync();
            process.Dispose();
            cluster.Dispose();
            return -1;
        }
    }

    // PostgreSQL cleans up after a dead process itself; it gives up only when the number now belongs to another live process.
    private static void ForgetReusedPid(PostgresCluster cluster, PostmasterPid pid, Action<string> log)
    {
        try
        {
            using var other = Process.GetProcessById(pid.ProcessId);
            log($"postmaster.pid names process {pid.ProcessId}, which is no PostgreSQL: removing the stale file.");
            File.Delete(Path.Combine(cluster.Data, "postmaster.pid"));
        }
        catch (ArgumentException)
        {
            // No such process.
        }
    }
}
