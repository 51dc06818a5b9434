using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>Programs of <c>node/</c>: real JavaScript clients and judges. Tests are skipped where Node.js or npm's registry is not
/// there.</summary>
internal static class NodeContracts
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Folder => Repository.PathOf("YtOptimizer.Tests", "Contracts", "node");

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Runs a script, or a package's program by its path under node_modules.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        var run = await Cli.Wrap("node")
            .WithArguments([PathOf(script), .. arguments])
            .WithWorkingDirectory(Folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        return (run.ExitCode, run.StandardOutput, run.StandardError);
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync(Ct);
        try
        {
            if (!Directory.Exists(PathOf("node_modules", "openapi-typescript")))
            {
                Assert.SkipUnless(await IsInstalledAsync(), "npm could not install the packages of YtOptimizer.Tests/Contracts/node.");
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<bool> IsInstalledAsync()
    {
        try
        {
            var run = await Cli.Wrap("npm")
                .WithArguments(["ci", "--no-audit", "--no-fund"])
                .WithWorkingDirectory(Folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(Ct);
            return run.IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
