using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary>A program of the machine that judges files of <c>deploy/</c>; <c>.ci/run</c> installs those that are absent.</summary>
internal static class Tool
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Exit code and everything written; skips the test with the reason when the program is not there.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, string input = "")
    {
        Assert.SkipUnless(IsInstalled(program), $"{program} is not installed.");
        var run = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(Repository.Root)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        return (run.ExitCode, run.StandardOutput + run.StandardError);
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public static Task<string> ReadAsync(params string[] path) => File.ReadAllTextAsync(Repository.PathOf(path), Ct);
}
