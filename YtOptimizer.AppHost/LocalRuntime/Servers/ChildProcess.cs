using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>How to start a child process.</summary>
/// <param name="File">Program.</param>
/// <param name="Arguments">Its arguments; no secrets, every user of the machine can read them.</param>
/// <param name="User">Account to step down to when we are root.</param>
/// <param name="DeathSignal">Signal the child gets when we die: INT for PostgreSQL (fast shutdown), TERM elsewhere.</param>
/// <param name="WorkingDirectory">Also the home folder when stepping down.</param>
/// <param name="Input">Text for standard input, for secrets that must not appear among the arguments.</param>
internal sealed record ChildStart(string File, IReadOnlyList<string> Arguments, UnixUser? User, string DeathSignal, string WorkingDirectory, string? Input = null);

/// <summary>A running child process that dies with us and whose output goes line by line to the log.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int TailLines = 30;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _tail = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _watchdog;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public Task<int> Exited => _exited.Task;

    /// <summary>The last lines of output, for error messages.</summary>
    public string Tail => string.Join(Environment.NewLine, _tail);

    /// <exception cref="ServerStartException">The program cannot be started at all.</exception>
    public static async Task<ChildProcess> StartAsync(ChildStart start, Action<string> log)
    {
        WindowsJob.BindThisProcess();
        var (file, arguments) = await ProcessBinding.WrapAsync(start.User, start.DeathSignal, start.File, start.Arguments);
        var info = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = start.WorkingDirectory,
        };
        var byKernel = await ProcessBinding.IsByKernelAsync();
        if (start.User is not null && !byKernel)
        {
            info.UserName = start.User.Name;
        }

        CleanEnvironment(info, start);
        var child = new ChildProcess(new Process { StartInfo = info, EnableRaisingEvents = true });
        child.Listen(log);
        try
        {
            await ProcessBinding.ForkAsync(child._process.Start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ServerStartException($"Cannot start {start.File}: {e.Message}", e);
        }

        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        await child.WriteInputAsync(start.Input);
        if (!byKernel)
        {
            child.StartWatchdog(start.DeathSignal);
        }

        return child;
    }

    /// <summary>Runs a child to its end and returns its exit code; ends it when <paramref name="ct"/> fires.</summary>
    public async Task<int> WaitAsync(CancellationToken ct)
    {
        try
        {
            return await Exited.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw;
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _watchdog?.Dispose();
    }

    private static void CleanEnvironment(ProcessStartInfo info, ChildStart start)
    {
        // PGDATA, PGPORT, PGHOST, PGOPTIONS… of the user's shell must not steer a private server.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C";
        if (start.User is not null)
        {
            info.Environment["HOME"] = start.WorkingDirectory;
            info.Environment["USER"] = info.Environment["LOGNAME"] = start.User.Name;
        }
    }

    private void Listen(Action<string> log)
    {
        void Line(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null)
            {
                return;
            }

            _tail.Enqueue(e.Data);
            while (_tail.Count > TailLines && _tail.TryDequeue(out _))
            {
            }

            log(e.Data);
        }

        _process.OutputDataReceived += Line;
        _process.ErrorDataReceived += Line;
        _process.Exited += async (_, _) => await CompleteAsync();
    }

    private async Task CompleteAsync()
    {
        EndWatchdog();
        var code = _process.ExitCode;
        try
        {
            // The last lines of output; bounded, as a grandchild may still hold the pipe.
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (TimeoutException)
        {
        }

        _exited.TrySetResult(code);
    }

    private async Task WriteInputAsync(string? input)
    {
        try
        {
            if (input is not null)
            {
                await _process.StandardInput.WriteAsync(input);
            }

            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child ended before it read; its exit tells the story.
        }
    }

    // Holds the read end of a pipe whose write end only we have: it reads the end of file when we die, by whatever cause.
    private void StartWatchdog(string signal)
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT TERM HUP; read -r _; kill -s \"$1\" \"$2\"", "watchdog", signal, Id.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        _watchdog = Process.Start(info);
        if (_process.HasExited)
        {
            EndWatchdog();
        }
    }

    private void EndWatchdog()
    {
        try
        {
            _watchdog?.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }
}
