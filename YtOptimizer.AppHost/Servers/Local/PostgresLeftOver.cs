using System.Diagnostics;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>A server that still runs on our data because whoever started it has just died, or died without taking it along.</summary>
internal static class PostgresLeftOver
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Returns when nothing runs on the data any more: a server of ours is shut down, a stale pid file is removed.</summary>
    /// <exception cref="ServerStartException">The server refuses our password, so it is not ours to end, or does not end.</exception>
    public static async Task EndAsync(PostgresCluster cluster, string password, IProgress<string> progress, CancellationToken ct)
    {
        var asked = false;
        for (var since = Stopwatch.StartNew(); PostmasterPid.Read(cluster.Data) is { } pid;)
        {
            if (!pid.IsServerOf(cluster.Data))
            {
                ForgetReusedPid(cluster, pid, progress);
                return;
            }

            if (since.Elapsed > TimeLimit)
            {
                throw new ServerStartException($"A PostgreSQL server (process {pid.ProcessId}) runs on {cluster.Data} but neither " +
                    $"answers nor ends. End that process and start again.");
            }

            if (!asked && pid.Port != 0 && pid.IsReady)
            {
                switch (await PostgresLogin.TryAsync(pid.Port, password, ct))
                {
                    case LoginResult.Accepted:
                        progress.Report($"Shutting down the PostgreSQL that an earlier start left running (process {pid.ProcessId}).");
                        End(pid.ProcessId);
                        asked = true;
                        break;
                    case LoginResult.WrongPassword:
                        throw new ServerStartException($"A PostgreSQL server (process {pid.ProcessId}, port {pid.Port}) already runs on " +
                            $"{cluster.Data} and refuses our password. End that process, or use another data folder.");
                    default:
                        break;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    private static void End(int processId)
    {
        if (OperatingSystem.IsWindows())
        {
            // No signals; crash recovery takes care of what was open.
            using var process = Process.GetProcessById(processId);
            process.Kill();
            return;
        }

        UnixNative.Signal(processId, UnixNative.SigInt);
    }

    // PostgreSQL cleans up after a dead process itself; it gives up only when the number now belongs to another live process.
    private static void ForgetReusedPid(PostgresCluster cluster, PostmasterPid pid, IProgress<string> progress)
    {
        try
        {
            using var other = Process.GetProcessById(pid.ProcessId);
            progress.Report($"postmaster.pid names process {pid.ProcessId}, which is no PostgreSQL: removing the stale file.");
            File.Delete(Path.Combine(cluster.Data, "postmaster.pid"));
        }
        catch (ArgumentException)
        {
            // No such process.
        }
    }
}
