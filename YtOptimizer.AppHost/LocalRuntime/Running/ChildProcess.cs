using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>What to start.</summary>
internal sealed record LaunchCommand(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);

/// <summary>A process of ours: its output goes line by line to a callback, it ends gracefully when asked, and it does not outlive us.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>What the AppHost keeps to itself, as Aspire does: the launch profile of the child decides.</summary>
    private static readonly string[] NotInherited = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];

    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, Watchdog watchdog)
    {
        (_process, _watchdog) = (process, watchdog);
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code when the process has ended.</summary>
    public Task<int> Exited => _exited.Task;

    /// <exception cref="DistributedApplicationException">The program cannot be started.</exception>
    public static async Task<ChildProcess> StartAsync(LaunchCommand command, Action<string, bool> output, Watchdog watchdog)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
            UseShellExecute = false,
        };
        Guards.Wrap(start, command);
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, watchdog);
        process.OutputDataReceived += (_, line) => Pass(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, isError: true);
        process.Exited += (_, _) => _ = child.OnExitedAsync();
        try
        {
            await ProcessStarter.RunAsync(process.Start);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw new DistributedApplicationException($"{command.FileName} cannot be started: {exception.Message}", exception);
        }

        watchdog.Add(process.Id, "TERM", own: true);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;

        void Pass(string? line, bool isError)
        {
            if (line is not null)
            {
                output(line, isError);
            }
        }
    }

    /// <summary>SIGTERM, and SIGKILL to the whole tree when <paramref name="grace"/> is over or <paramref name="hurry"/> is cancelled.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken hurry)
    {
        if (!Exited.IsCompleted && Guards.Terminate(Id))
        {
            try
            {
                await Exited.WaitAsync(grace, hurry);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                // Killed below.
            }
        }

        if (!Exited.IsCompleted)
        {
            Kill();
            await Exited;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            Kill();
            await Exited;
        }

        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

    private async Task OnExitedAsync()
    {
        // The last lines may still be in the pipes; a grandchild may hold them open for ever.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Enough waited.
        }

        _watchdog.Remove(_process.Id);
        _exited.TrySetResult(_process.ExitCode);
    }
}

/// <summary>
/// Starts processes from one thread that lives as long as we do: on Linux the signal that a child asks for at its parent's death is
/// sent when the thread that forked it ends.
/// </summary>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<Action> Queue = [];

    static ProcessStarter()
    {
        var thread = new Thread(() =>
        {
            foreach (var action in Queue.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "process starter",
        };
        thread.Start();
    }

    public static Task<T> RunAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }
}

/// <summary>What the operating system offers to keep children apart from the terminal and to end them.</summary>
internal static class Guards
{
    private const int SigTerm = 15;

    // Both belong to util-linux; busybox has a setpriv without --pdeathsig.
    private static readonly Lazy<string[]> Prefix = new(() => !OperatingSystem.IsLinux() ? [] :
    [
        .. Works("setpriv", "--pdeathsig", "TERM", "true") ? ["setpriv", "--pdeathsig", "TERM"] : Array.Empty<string>(),
        .. Works("setsid", "true") ? ["setsid"] : Array.Empty<string>(),
    ]);

    /// <summary>Puts the command into its own session (Ctrl-C in the terminal is for us alone) and asks for a signal when we die.</summary>
    public static void Wrap(ProcessStartInfo start, LaunchCommand command)
    {
        string[] all = [.. Prefix.Value, command.FileName, .. command.Arguments];
        start.FileName = all[0];
        foreach (var argument in all.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
    }

    /// <summary>Puts the command into its own session without tying it to our life.</summary>
    public static void WrapSession(ProcessStartInfo start, params string[] command)
    {
        string[] all = [.. Prefix.Value.Contains("setsid", StringComparer.Ordinal) ? ["setsid"] : Array.Empty<string>(), .. command];
        start.FileName = all[0];
        foreach (var argument in all.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
    }

    /// <summary>Asks a process to end; false where that cannot be asked.</summary>
    public static bool Terminate(int processId) => !OperatingSystem.IsWindows() && Kill(processId, SigTerm) == 0;

    private static bool Works(string fileName, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(fileName, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false });
            return process is not null && process.WaitForExit(TimeSpan.FromSeconds(5)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
