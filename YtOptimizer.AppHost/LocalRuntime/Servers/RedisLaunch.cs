using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Starts Redis, Valkey or Garnet and waits until a write succeeds. The password never appears among the arguments.</summary>
internal static class RedisLaunch
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IRunningServer> StartAsync(
        RedisInstallation redis, RedisHome home, ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken ct)
    {
        var port = LoopbackPorts.Choose(options.PreferredPort, progress);
        for (var attempt = 1; ; attempt++)
        {
            var child = await ChildProcess.StartAsync(redis.IsGarnet ? Garnet(redis, home, port, options) : Redis(redis, home, port, options), log);
            try
            {
                if (await WaitUntilReadyAsync(child, redis, port, options.Password, ct))
                {
                    home.Remember(new RedisHome.Running(child.Id, port));
                    return Run(child, home, redis, port, options.Password);
                }
            }
            catch
            {
                child.Kill();
                await child.Exited;
                child.Dispose();
                throw;
            }

            var tail = child.Tail;
            child.Dispose();
            if (attempt == Attempts || !tail.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                throw new ServerStartException($"{redis.Description} ended while starting. Its last words:{Environment.NewLine}{tail}");
            }

            port = LoopbackPorts.FindFree();
        }
    }

    public static IReadOnlyList<Action> StopSteps(int processId, Action kill) => OperatingSystem.IsWindows()
        ? [kill]
        : [() => UnixNative.Signal(processId, UnixNative.SigTerm), kill];

    private static ChildStart Redis(RedisInstallation redis, RedisHome home, int port, ServerOptions options)
    {
        // Without persistence: a server that cannot save would refuse to end and refuse to write.
        var configuration = string.Create(CultureInfo.InvariantCulture, $"""
            port {port}
            bind 127.0.0.1
            protected-mode yes
            requirepass {Quote(options.Password)}
            dir {Quote(home.Work)}
            save ""
            appendonly no
            maxmemory 256mb
            maxmemory-policy allkeys-lru
            daemonize no

            """);
        return new ChildStart(redis.Program, ["-", .. options.ExtraArguments], home.User, "TERM", home.Work, configuration);
    }

    /// <summary>
    /// Runs the DLL itself: the tool's own command forks and leaves the server behind. Runs as us, as another user might not reach the
    /// .NET runtime. The managed storage device needs no native library; --lua makes EVAL work; the memory default is 16 GB.
    /// </summary>
    private static ChildStart Garnet(RedisInstallation garnet, RedisHome home, int port, ServerOptions options)
    {
        var file = Path.Combine(home.Folder, "garnet.json");
        PrivateFile.Write(file, JsonSerializer.Serialize(new
        {
            Port = port,
            Address = "127.0.0.1",
            AuthenticationMode = "Password",
            options.Password,
            EnableLua = true,
            DeviceType = "RandomAccess",
            MemorySize = "128m",
            PageSize = "4m",
            IndexSize = "16m",
            CheckpointDir = home.Work,
        }));
        return new ChildStart(DotNet.Program, [garnet.Program, "--config-import-path", file, .. options.ExtraArguments], null, "TERM", home.Work);
    }

    private static async Task<bool> WaitUntilReadyAsync(ChildProcess child, RedisInstallation redis, int port, string password, CancellationToken ct)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience;)
        {
            if (await RedisLogin.TryAsync(port, password, ct))
            {
                // A foreign server with our password is not possible, one that took the port and ended is.
                return !child.Exited.IsCompleted;
            }

            if (await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromMilliseconds(30), ct)) == child.Exited)
            {
                return false;
            }

            ct.ThrowIfCancellationRequested();
        }

        throw new ServerStartException($"{redis.Description} did not accept a write within {Patience.TotalSeconds:0} seconds. Its last words:{Environment.NewLine}{child.Tail}");
    }

    private static RunningServer Run(ChildProcess child, RedisHome home, RedisInstallation redis, int port, string password)
    {
        return new RunningServer(
            port,
            child.Id,
            redis.Description,
            ReleaseAtEndAsync(),
            ct => RedisLogin.TryAsync(port, password, ct),
            StopSteps(child.Id, child.Kill));

        async Task<int> ReleaseAtEndAsync()
        {
            var code = await child.Exited;
            child.Dispose();
            home.Forget();
            home.Dispose();
            return code;
        }
    }

    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            quoted.Append(octet is >= 0x20 and < 0x7f and not (byte)'"' and not (byte)'\\'
                ? ((char)octet).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\x{octet:x2}"));
        }

        return quoted.Append('"').ToString();
    }
}
