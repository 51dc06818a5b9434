using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Runs short command-line tools and looks them up.</summary>
internal static class Tool
{
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs a tool to its end; null when it cannot be started or does not end within <paramref name="timeout"/>.</summary>
    public static async Task<Result?> RunAsync(string file, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken ct,
        string? userName = null, string? folder = null)
    {
        var command = Cli.Wrap(file).WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .WithWorkingDirectory(folder ?? Environment.CurrentDirectory)
            .WithCredentials(user => user.SetUserName(userName))
            .WithEnvironmentVariables(variables => (folder is null ? variables : variables.Set("HOME", folder)).Set("LC_ALL", "C"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            var result = await command.ExecuteBufferedAsync(limit.Token);
            return new Result(result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (Exception e) when (e is CliWrapException or System.ComponentModel.Win32Exception or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Full paths of an executable on PATH, in order.</summary>
    public static IEnumerable<string> OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder.Trim('"'), OperatingSystem.IsWindows() ? name + ".exe" : name))
            .Where(File.Exists);
}
