using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>Nothing is left running when the runtime dies without the chance to clean up.</summary>
public sealed class OrphanTests
{
    private const string FileVariable = "YTO_TEST_ORPHAN_FILE";

    [Fact]
    public async Task KillOfTheRuntime_ItsProcessesEndToo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The processes are shell scripts.");
        }

        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var runtime = Process.Start(new ProcessStartInfo(
            "dotnet",
            [typeof(OrphanTests).Assembly.Location, "-method", $"{typeof(OrphanTests).FullName}.{nameof(RuntimeThatIsKilled)}", "-explicit", "only"])
        {
            Environment = { [FileVariable] = file },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        runtime.BeginOutputReadLine();
        runtime.BeginErrorReadLine();
        var ids = await Eventually.ValueAsync(
            () => Task.FromResult(File.Exists(file) && File.ReadAllLines(file) is { Length: 2 } lines ? lines : null),
            "two processes of the runtime",
            TimeSpan.FromSeconds(60));
        var processes = ids.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Assert.All(processes, id => Assert.True(IsAlive(id)));

        runtime.Kill();

        await Eventually.TrueAsync(() => Task.FromResult(!processes.Exists(IsAlive)), "the end of the processes");
        File.Delete(file);
    }

    /// <summary>Runs in a process of its own, until it is killed.</summary>
    [Fact(Explicit = true)]
    public async Task RuntimeThatIsKilled()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        Assert.SkipWhen(file is null, "Started by another test.");
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddScript("polite", "exec sleep 600");
        builder.AddScript("deaf", "trap '' TERM; while :; do sleep 0.1; done");
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        var ids = new List<string>();
        foreach (var name in (string[])["polite", "deaf"])
        {
            ids.Add((await application.StateAsync(name, s => s.State?.Text == KnownResourceStates.Running)).ProcessId().ToString(CultureInfo.InvariantCulture));
        }

        await File.WriteAllLinesAsync(file, ids, Token);
        await Task.Delay(TimeSpan.FromMinutes(2), Token);
    }
}
