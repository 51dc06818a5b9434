using System.Diagnostics;
using System.Text;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Support;

/// <summary>A worker process as in production, and everything it prints.</summary>
internal sealed class WorkerLog : IAsyncDisposable
{
    private readonly StringBuilder text = new();
    private readonly Process process;

    public WorkerLog(string jwtSecret, IReadOnlyDictionary<string, string?> settings)
    {
        var dll = typeof(IJobHandler).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["JWT_SECRET"] = jwtSecret;
        info.Environment["FRONTEND_URL"] = "http://localhost:4200";
        process = Process.Start(info)!;
        DataReceivedEventHandler keep = (_, e) =>
        {
            lock (text)
            {
                text.AppendLine(e.Data);
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
