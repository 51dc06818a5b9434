using System.Diagnostics;
using System.Globalization;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Starts PostgreSQL on a cluster and waits until it accepts the password.</summary>
internal static class PostgresLaunch
{
    private const int Attempts = 5;

    // Crash recovery of a large cluster takes its time; a server that has failed ends, and is noticed at once.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<IRunningServer> StartAsync(
        PostgresInstallation postgres, PostgresCluster cluster, ServerOptions o, IProgress<string> progress, Action<string> log, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            throw new ServerStartException("PostgreSQL refuses to run as administrator. Start from a console that is not elevated.");
        }

        if (!cluster.IsInitialized)
        {
            progress.Report($"Creating an empty database cluster with {postgres.Description} …");
            await cluster.InitializeAsync(postgres, o.Password, ct);
        }

        var port = LoopbackPorts.Choose(o.PreferredPort, progress);
        for (var attempt = 1; ; attempt++)
        {
            var child = await ChildProcess.StartAsync(Command(postgres, cluster, port, o.ExtraArguments), log);
            try
            {
                if (await WaitUntilReadyAsync(child, port, cluster, o.Password, log, ct))
                {
                    return Run(child, cluster, postgres, port, o.Password);
                }
            }
            catch
            {
                await EndAsync(postgres, child);
                throw;
            }

            var tail = child.Tail;
            child.Dispose();
            if (attempt == Attempts || !IsTransient(tail))
            {
                throw new ServerStartException($"{postgres.Description} on {cluster.Data} ended while starting. Its last words:{Environment.NewLine}{tail}");
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

    /// <summary>Fast shutdown, then immediate shutdown, then the end.</summary>
    public static IReadOnlyList<Action> StopSteps(PostgresInstallation postgres, int processId, Action kill) => OperatingSystem.IsWindows()
        ? [() => SignalOnWindows(postgres, processId), kill]
        : [() => UnixNative.Signal(processId, UnixNative.SigInt), () => UnixNative.Signal(processId, UnixNative.SigQuit), kill];

    // Windows has no signals; PostgreSQL listens on a pipe instead, and pg_ctl knows its name.
    private static void SignalOnWindows(PostgresInstallation postgres, int processId) => Process.Start(
        new ProcessStartInfo(postgres.Program("pg_ctl"), ["kill", "INT", processId.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, CreateNoWindow = true })?.Dispose();

    private static ChildStart Command(PostgresInstallation postgres, PostgresCluster cluster, int port, IReadOnlyList<string> extra) => new(
        postgres.Program("postgres"),
        ["-D", cluster.Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "", .. extra],
        cluster.User,
        "INT",
        cluster.Data);

    /// <summary>True when ready, false when the server has ended.</summary>
    private static async Task<bool> WaitUntilReadyAsync(ChildProcess child, int port, PostgresCluster cluster, string password, Action<string> log, CancellationToken ct)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience;)
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
                    cluster.SavePassword(password);
                    return true;
                case LoginResult.WrongPassword:
                    await UseSavedPasswordAsync(port, cluster, password, log, ct);
                    break;
                default:
                    await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromMilliseconds(30), ct));
                    ct.ThrowIfCancellationRequested();
                    break;
            }
        }

        throw new ServerStartException($"PostgreSQL on {cluster.Data} did not become ready within {Patience.TotalMinutes:0} minutes. Its last words:{Environment.NewLine}{child.Tail}");
    }

    // The configured password has changed since initdb. The file beside the data, readable by the owner only, still knows the old one.
    private static async Task UseSavedPasswordAsync(int port, PostgresCluster cluster, string password, Action<string> log, CancellationToken ct)
    {
        if (cluster.SavedPassword() is not { } saved
            || string.Equals(saved, password, StringComparison.Ordinal)
            || await PostgresLogin.TryAsync(port, saved, ct) != LoginResult.Accepted)
        {
            throw new ServerStartException(
                $"PostgreSQL refuses the password for its data in {cluster.Data}: the data was created with another one, and {cluster.PasswordFile} does not know it. "
                + "Configure the old password again, or delete that data folder to begin with an empty database.");
        }

        await PostgresLogin.ChangePasswordAsync(port, saved, password, ct);
        log("The configured password differs from the one the data was created with; the server now uses the configured one.");
    }

    private static RunningServer Run(ChildProcess child, PostgresCluster cluster, PostgresInstallation postgres, int port, string password)
    {
        return new RunningServer(
            port,
            child.Id,
            postgres.Description,
            ReleaseAtEndAsync(),
            async ct => await PostgresLogin.TryAsync(port, password, ct) == LoginResult.Accepted,
            StopSteps(postgres, child.Id, child.Kill));

        async Task<int> ReleaseAtEndAsync()
        {
            var code = await child.Exited;
            child.Dispose();
            cluster.Dispose();
            return code;
        }
    }

    private static async Task EndAsync(PostgresInstallation postgres, ChildProcess child)
    {
        var started = new RunningServer(0, child.Id, "", child.Exited, _ => Task.FromResult(false), StopSteps(postgres, child.Id, child.Kill));
        await started.StopAsync(CancellationToken.None);
        child.Dispose();
    }

    private static bool IsTransient(string tail) =>
        tail.Contains("Address already in use", StringComparison.Ordinal)
        || tail.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
        || tail.Contains("shared memory block", StringComparison.Ordinal);
}
