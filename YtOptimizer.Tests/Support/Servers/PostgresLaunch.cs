using System.Diagnostics;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>Starts PostgreSQL on a cluster and waits until it accepts the password.</summary>
internal static class PostgresLaunch
{
    private const int Attempts = 5;

    // Crash recovery of a large cluster takes its time; a server that has failed ends, and is noticed at once.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    public static async Task<IRunningServer> StartAsync(
        PostgresInstallation postgres,
        PostgresCluster cluster,
        ServerOptions o,
        IProgress<string> progress,
        Action<string> log,
        CancellationToken ct
    )
    {
        var port = Choose(o.PreferredPort, progress);
        for (var attempt = 1; ; attempt++)
        {
            var child = await StartAsync(postgres, cluster, port, o, log);
            try
            {
                if (await WaitUntilReadyAsync(child, port, cluster, o.Password, ct))
                {
                    return Run(child, cluster, postgres, port, o.Password);
                }
            }
            catch
            {
                await EndAsync(child);
                throw;
            }

            var tail = child.Tail;
            child.Dispose();
            if (attempt == Attempts || !IsTransient(tail))
            {
                throw new ServerStartException(
                    $"{postgres.Description} on {cluster.Data} ended while starting. Its last words:{Environment.NewLine}{tail}"
                );
            }

            if (tail.Contains("shared memory block", StringComparison.Ordinal))
            {
                // Backends of a server that was killed are still going.
                await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
            }
            else
            {
                port = LoopbackPorts.FindFree();
            }
        }
    }

    private static int Choose(int? preferred, IProgress<string> progress)
    {
        if (preferred is { } port && LoopbackPorts.IsFree(port))
        {
            return port;
        }

        var other = LoopbackPorts.FindFree();
        if (preferred is not null)
        {
            progress.Report($"Port {preferred} is taken; using {other}.");
        }

        return other;
    }

    /// <summary>Fast shutdown, then immediate shutdown, then the end.</summary>
    private static IReadOnlyList<Action> StopSteps(ChildProcess child) =>
        OperatingSystem.IsWindows()
            ? [child.Kill]
            : [() => UnixNative.Signal(child.Id, UnixNative.SigInt), () => UnixNative.Signal(child.Id, UnixNative.SigQuit), child.Kill];

    private static async Task<ChildProcess> StartAsync(
        PostgresInstallation postgres,
        PostgresCluster cluster,
        int port,
        ServerOptions o,
        Action<string> log
    )
    {
        var (file, arguments) = await PostgresCommand.ServerAsync(postgres, cluster, port, o.ExtraArguments);
        return await ChildProcess.StartAsync(file, arguments, cluster.User, cluster.Data, log);
    }

    /// <summary>True when ready, false when the server has ended.</summary>
    private static async Task<bool> WaitUntilReadyAsync(
        ChildProcess child,
        int port,
        PostgresCluster cluster,
        string password,
        CancellationToken ct
    )
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeLimit; )
        {
            if (child.Exited.IsCompleted)
            {
                return false;
            }

            // A foreign server on the same port must not be taken for ours.
            var ours = PostmasterPid.Read(cluster.Data) is { } pid && pid.ProcessId == child.Id && pid.IsReady;
            switch (ours ? await PostgresLogin.TryAsync(port, password, ct) : LoginResult.NotYet)
            {
                case LoginResult.Accepted:
                    return true;
                case LoginResult.WrongPassword:
                    throw new ServerStartException($"PostgreSQL refuses the password for its data in {cluster.Data}.");
                default:
                    await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromMilliseconds(30), ct));
                    ct.ThrowIfCancellationRequested();
                    break;
            }
        }

        throw new ServerStartException(
            $"PostgreSQL on {cluster.Data} did not become ready within {TimeLimit.TotalMinutes:0} minutes. Its last "
                + $"words:{Environment.NewLine}{child.Tail}"
        );
    }

    private static RunningServer Run(ChildProcess child, PostgresCluster cluster, PostgresInstallation postgres, int port, string password)
    {
        return new RunningServer(
            port,
            child.Id,
            postgres.Description,
            ReleaseAtEndAsync(),
            async ct => await PostgresLogin.TryAsync(port, password, ct) == LoginResult.Accepted,
            StopSteps(child)
        );

        async Task<int> ReleaseAtEndAsync()
        {
            var code = await child.Exited;
            child.Dispose();
            cluster.Dispose();
            return code;
        }
    }

    private static async Task EndAsync(ChildProcess child)
    {
        var started = new RunningServer(0, child.Id, "", child.Exited, _ => Task.FromResult(false), StopSteps(child));
        await started.StopAsync(CancellationToken.None);
        child.Dispose();
    }

    private static bool IsTransient(string tail) =>
        tail.Contains("Address already in use", StringComparison.Ordinal)
        || tail.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
        || tail.Contains("shared memory block", StringComparison.Ordinal);
}
