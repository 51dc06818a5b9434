using System.Diagnostics;
using YtOptimizer.Worker;

namespace YtOptimizer.Tests.Database;

/// <summary>The worker program as operators start it.</summary>
internal static class WorkerProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Process Start(string connectionString, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(WorkerHost).Assembly.Location, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ConnectionStrings__ytoptimizer"] = connectionString;
        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }

    public static async Task<Result> RunAsync(
        string connectionString,
        IReadOnlyDictionary<string, string>? environment,
        params string[] args
    )
    {
        var ct = TestContext.Current.CancellationToken;
        using var process = Start(connectionString, environment, args);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Result(process.ExitCode, await output, await error);
    }
}
