using System.Diagnostics;
using System.Text;

namespace YtOptimizer.Tests.Runbook;

/// <summary>A process of ours with its output; killed with the test.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private RunningProgram(Process process) => this.process = process;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static RunningProgram Start(
        string file,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        string? folder = null
    )
    {
        var info = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (folder is not null)
        {
            info.WorkingDirectory = folder;
        }

        foreach (var (name, value) in environment)
        {
            info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var program = new RunningProgram(new Process { StartInfo = info });
        program.process.OutputDataReceived += program.Keep;
        program.process.ErrorDataReceived += program.Keep;
        program.process.Start();
        program.process.StandardInput.Close();
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Waits for the end; a process that takes longer is killed and has failed.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan limit)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (output)
        {
            output.AppendLine(e.Data);
        }
    }
}
