using System.Collections.Concurrent;
using System.Diagnostics;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>A running child process whose output goes line by line to the log. On Linux it dies with us.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int TailLines = 30;
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? Tool.OnPath("setsid").FirstOrDefault() : null;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _tail = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public Task<int> Exited => _exited.Task;

    /// <summary>The last lines of output, for error messages.</summary>
    public string Tail => string.Join(Environment.NewLine, _tail);

    /// <exception cref="ServerStartException">The program cannot be started at all.</exception>
    public static async Task<ChildProcess> StartAsync(
        string file,
        IReadOnlyList<string> arguments,
        UnixUser? user,
        string workingDirectory,
        Action<string> log
    )
    {
        // A session of its own: Ctrl-C in the terminal must reach only us.
        var info = new ProcessStartInfo(Setsid ?? file, Setsid is null ? arguments : [file, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory,
        };
        if (user is not null && !await Setpriv.IsHereAsync())
        {
            info.UserName = user.Name;
        }

        // PGDATA, PGPORT, PGHOST, PGOPTIONS… of the user's shell must not steer a private server.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C";
        var child = new ChildProcess(new Process { StartInfo = info, EnableRaisingEvents = true });
        child.Listen(log);
        try
        {
            await ForkThread.RunAsync(child._process.Start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ServerStartException($"Cannot start {file}: {e.Message}", e);
        }

        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        child._process.StandardInput.Close();
        return child;
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

    public void Dispose() => _process.Dispose();

    private void Listen(Action<string> log)
    {
        void Line(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null)
            {
                return;
            }

            _tail.Enqueue(e.Data);
            while (_tail.Count > TailLines && _tail.TryDequeue(out _)) { }

            log(e.Data);
        }

        _process.OutputDataReceived += Line;
        _process.ErrorDataReceived += Line;
        _process.Exited += async (_, _) => await CompleteAsync();
    }

    private async Task CompleteAsync()
    {
        var code = _process.ExitCode;
        try
        {
            // The last lines of output; bounded, as a grandchild may still hold the pipe.
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (TimeoutException) { }

        _exited.TrySetResult(code);
    }
}
