using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.OfflineTool;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.OfflineTool;

/// <summary>The package of <c>ytoptimizer</c>: packed from what the build left, installed from a folder, run.</summary>
public sealed class InstallationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Package_InstalledFromAFolderAlone_Runs()
    {
        var folder = Directory.CreateTempSubdirectory("yto-install-").FullName;
        try
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name.Contains("release", StringComparison.Ordinal)
                ? "Release"
                : "Debug";
            var project = Repository.PathOf("tools", "YtOptimizer.OfflineTool", "YtOptimizer.OfflineTool.csproj");
            await DotnetAsync(["pack", project, "--no-build", "--no-restore", "-c", configuration, "-o", folder, "-v", "quiet"]);
            // No other source: what the tool needs is in its package.
            var sources = Path.Combine(folder, "nuget.config");
            await File.WriteAllTextAsync(
                sources,
                $"""<configuration><packageSources><clear /><add key="folder" value="{folder}" /></packageSources></configuration>""",
                Ct
            );
            await DotnetAsync(["tool", "install", "ytoptimizer", "--configfile", sources, "--tool-path", Path.Combine(folder, "bin")]);
            var tool = Cli.Wrap(Path.Combine(folder, "bin", "ytoptimizer"));
            var run = await tool.WithArguments(["suggest", Repository.PathOf("samples", "request.json")]).ExecuteBufferedAsync(Ct);
            Assert.Contains("Seoul", run.StandardOutput, StringComparison.Ordinal);
            var missing = await tool.WithArguments(["suggest", "absent.vtt"])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(Ct);
            Assert.Equal((ToolCommand.Failed, "absent.vtt does not exist."), (missing.ExitCode, missing.StandardError.Trim()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Packages land in a folder of the test's own: an older build of the same version must not answer instead.
    private static async Task DotnetAsync(string[] arguments)
    {
        var run = await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithEnvironmentVariables(set => set.Set("DOTNET_CLI_TELEMETRY_OPTOUT", "1").Set("DOTNET_NOLOGO", "1"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        Assert.True(run.IsSuccess, run.StandardOutput + run.StandardError);
    }
}
