using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CliWrap;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Support;

/// <summary>A worker program and what it has written.</summary>
internal sealed class StartedWorker : IAsyncDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    private StartedWorker(ProcessStartInfo info)
    {
        process = Process.Start(info)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public static StartedWorker Start(TestDatabase database, FakeUpstreams upstreams, params (string Key, string Value)[] settings)
    {
        var dll = typeof(IJobHandler).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in upstreams.Settings)
        {
            info.Environment[key] = value;
        }

        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["ConnectionStrings__ytoptimizer"] = database.ConnectionString;
        info.Environment["JWT_SECRET"] = Tokens.NewSecret();
        info.Environment["FRONTEND_URL"] = "http://localhost:4200";
        info.Environment["Jobs__LeaseSeconds"] = "2";
        info.Environment["Jobs__HeartbeatSeconds"] = "0.5";
        foreach (var (key, value) in settings)
        {
            info.Environment[key] = value;
        }

        return new StartedWorker(info);
    }

    public bool Says(string text) => lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task SignalAsync(string signal) =>
        await Cli.Wrap("kill")
            .WithArguments(["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeLimit, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public List<Process> Children()
    {
        var found = new List<Process>();
        // Listed by the thread that started them.
        foreach (
            var id in Directory
                .GetDirectories($"/proc/{process.Id}/task")
                .SelectMany(thread => ReadOrEmpty(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        )
        {
            try
            {
                found.Add(Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture)));
            }
            catch (ArgumentException)
            {
                // It has just ended.
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The thread has just ended.
            return "";
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            lines.Enqueue(text);
        }
    }
}
