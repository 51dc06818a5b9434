using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Worker;

namespace YtOptimizer.Tests.Database;

/// <summary>The worker program as operators start it.</summary>
internal static class WorkerProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>
    /// A worker that runs until it is killed. CliWrap runs commands to their end and gives no process to kill, signal or look into; so
    /// here, as wherever tests keep servers, it is <see cref="Process"/> itself.
    /// </summary>
    public static Process Start(string connectionString, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(WorkerHost).Assembly.Location, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment(connectionString, environment))
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
        var result = await Cli.Wrap("dotnet")
            .WithArguments([typeof(WorkerHost).Assembly.Location, .. args])
            .WithEnvironmentVariables(Environment(connectionString, environment))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return new Result(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    private static Dictionary<string, string?> Environment(string connectionString, IReadOnlyDictionary<string, string>? environment)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__ytoptimizer"] = connectionString,
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["NO_COLOR"] = "1",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return all;
    }
}
