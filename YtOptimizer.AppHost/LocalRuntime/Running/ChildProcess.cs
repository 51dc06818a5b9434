using System.Diagnostics;
using System.Text;
using YtOptimizer.AppHost.LocalRuntime.Servers;

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

    public int Id { get; private set; }

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
        // An own session (Ctrl-C in the terminal is for us alone) and, on Linux, a signal when we die.
        (start.FileName, var arguments) = await ProcessBinding.WrapAsync(user: null, "TERM", command.FileName, command.Arguments);
        arguments.ForEach(start.ArgumentList.Add);
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process, watchdog);
        process.OutputDataReceived += (_, line) => Pass(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, isError: true);
        process.Exited += (_, _) => _ = child.OnExitedAsync();
        try
        {
            await ProcessBinding.ForkAsync(process.Start);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw new DistributedApplicationException($"{command.FileName} cannot be started: {exception.Message}", exception);
        }

        child.Id = process.Id;
        watchdog.Add(process.Id);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.EnableRaisingEvents = true;
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
        if (!Exited.IsCompleted && Terminate())
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

    private bool Terminate() => !OperatingSystem.IsWindows() && UnixNative.Signal(Id, UnixNative.SigTerm);

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

        _watchdog.Remove(Id);
        _exited.TrySetResult(_process.ExitCode);
    }
}
