using System.Diagnostics;
using CliWrap;

namespace YtOptimizer.Chaos;

/// <summary>A process of the product that is killed, frozen, stopped and started again.</summary>
internal sealed class Victim(string name, string dll, IReadOnlyDictionary<string, string> environment, string logFile) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Lock starting = new();
    private Process? process;
    private long started;

    public string Name { get; } = name;

    public int ProcessId => process?.Id ?? 0;

    public bool IsRunning => process is { HasExited: false };

    public bool IsFrozen { get; set; }

    /// <summary>Long enough up to take jobs.</summary>
    public bool IsAtWork => IsRunning && !IsFrozen && Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(6);

    /// <summary>Starts it unless it runs: one that was told to stop may be killed before it did, and is then healed twice.</summary>
    public void Start()
    {
        lock (starting)
        {
            if (!IsRunning)
            {
                Launch();
            }
        }
    }

    private void Launch()
    {
        var info = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        foreach (var (key, value) in environment)
        {
            info.Environment[key] = value;
        }

        var before = process;
        IsFrozen = false;
        started = Stopwatch.GetTimestamp();
        process = Process.Start(info)!;
        before?.Dispose();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public void Kill() => process!.Kill();

    public async Task SignalAsync(string signal) =>
        await Cli.Wrap("kill")
            .WithArguments([$"-{signal}", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();

    public Task ExitAsync() => process!.WaitForExitAsync();

    public void Dispose()
    {
        if (IsRunning)
        {
            process!.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (gate)
        {
            File.AppendAllText(logFile, $"{Name} {line.Data}{Environment.NewLine}");
        }
    }
}
