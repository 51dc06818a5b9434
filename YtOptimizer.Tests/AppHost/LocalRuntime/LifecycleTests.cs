using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using YtOptimizer.AppHost.LocalRuntime.Running;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>Starting in order, staying up, ending.</summary>
public sealed class LifecycleTests
{
    private const string StayUp = "exec sleep 600";

    [Fact]
    public async Task WaitForCompletion_DependencyEndsWithZero_StartsAfterwards()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var gate = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var first = builder.AddScript("first", $"while [ ! -e {gate} ]; do sleep 0.02; done; echo done");
        builder.AddScript("second", $"echo up; {StayUp}").WaitForCompletion(first);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.ResourceNotifications.WaitForResourceAsync("first", KnownResourceStates.Running, Token);
        await application.StateAsync("second", s => s.State?.Text == KnownResourceStates.Waiting);
        await File.WriteAllTextAsync(gate, "", Token);

        await application.LineAsync("second", "up");
        var ended = await application.StateAsync("first", s => s.State?.Text == KnownResourceStates.Finished);
        Assert.Equal(0, ended.Snapshot.ExitCode);
        File.Delete(gate);
    }

    [Fact]
    public async Task WaitForCompletion_DependencyFails_DependentFailsWithTheReason()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddScript("first", "exit 3");
        builder.AddScript("second", StayUp).WaitForCompletion(first);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync("second", s => s.State?.Text == KnownResourceStates.FailedToStart);
        await application.LineAsync("second", "'first' ended with exit code 3 instead of 0");
    }

    [Fact]
    public async Task WaitFor_ServerUnhealthy_StartsWhenItIsHealthy()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var server = new FakeServer { Healthy = false };
        builder.Services.AddSingleton(ServerStarters.Default with { Redis = (_, _, _, _) => Task.FromResult<YtOptimizer.AppHost.LocalRuntime.Servers.IRunningServer?>(server) });
        var cache = builder.AddRedis("cache");
        builder.AddScript("app", $"echo up; {StayUp}").WaitFor(cache);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync("cache", s => s.HealthStatus == HealthStatus.Unhealthy);
        await application.StateAsync("app", s => s.State?.Text == KnownResourceStates.Waiting);
        server.Healthy = true;

        await application.LineAsync("app", "up");
    }

    [Fact]
    public async Task Crash_Process_ComesBackWithAnotherProcess()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddScript("app", StayUp);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        var before = (await application.StateAsync("app", s => s.HealthStatus == HealthStatus.Healthy)).ProcessId();

        using (var process = System.Diagnostics.Process.GetProcessById(before))
        {
            process.Kill();
        }

        var after = await application.StateAsync("app", s => s.State?.Text == KnownResourceStates.Running && s.Properties.Any(p => p.Name == "executable.pid" && !before.Equals(p.Value)));
        Assert.NotEqual(before, after.ProcessId());
        await application.LineAsync("app", "app ended with exit code 137; next start in 0.5 s.");
    }

    [Fact]
    public async Task Crash_Server_ComesBackAtTheSamePort()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var (servers, asked) = (new List<FakeServer>(), new List<int?>());
        builder.Services.AddSingleton(ServerStarters.Default with
        {
            Redis = (options, _, _, _) =>
            {
                asked.Add(options.PreferredPort);
                servers.Add(new FakeServer { Port = options.PreferredPort ?? 7777 });
                return Task.FromResult<YtOptimizer.AppHost.LocalRuntime.Servers.IRunningServer?>(servers[^1]);
            },
        });
        builder.AddRedis("cache");
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("cache", WaitBehavior.StopOnResourceUnavailable, Token);

        servers[0].Crash();
        await Eventually.TrueAsync(() => Task.FromResult(servers.Count == 2), "a second start of the server");
        await application.StateAsync("cache", s => s.HealthStatus == HealthStatus.Healthy);

        Assert.Equal([null, 7777], asked);
    }

    [Fact]
    public async Task Server_NotToBeHad_ApplicationRunsWithoutIt()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddSingleton(ServerStarters.Default with { Redis = (_, _, _, _) => Task.FromResult<YtOptimizer.AppHost.LocalRuntime.Servers.IRunningServer?>(null) });
        var cache = builder.AddRedis("cache");
        builder.AddScript("app", $"echo cache=$ConnectionStrings__cache $CACHE_HOST; {StayUp}").WithReference(cache).WaitFor(cache);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        Assert.Equal("cache=", (await application.LineAsync("app", "cache=")).Trim());
        Assert.Contains(application.Services.GetRequiredService<Orchestrator>().Notes, n => n.Contains("without 'cache'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_StopStartRestart_DoWhatTheySay()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddScript("app", StayUp);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        var first = (await application.StateAsync("app", s => s.HealthStatus == HealthStatus.Healthy)).ProcessId();

        Assert.True((await application.ResourceCommands.ExecuteCommandAsync("app", "resource-stop", Token)).Success);
        Assert.False(IsAlive(first));
        var stopped = await application.StateAsync("app", s => s.State?.Text == KnownResourceStates.Exited);
        Assert.Contains(stopped.Snapshot.Commands, c => c.Name == KnownResourceCommands.StartCommand && c.State == ResourceCommandState.Enabled);

        Assert.True((await application.ResourceCommands.ExecuteCommandAsync("app", KnownResourceCommands.StartCommand, Token)).Success);
        var second = (await application.StateAsync("app", s => s.HealthStatus == HealthStatus.Healthy)).ProcessId();
        Assert.True((await application.ResourceCommands.ExecuteCommandAsync("app", KnownResourceCommands.RestartCommand, Token)).Success);
        await application.StateAsync("app", s => s.State?.Text == KnownResourceStates.Running && s.Properties.Any(p => p.Name == "executable.pid" && !second.Equals(p.Value)));
        Assert.False(IsAlive(second));

        Assert.False((await application.ResourceCommands.ExecuteCommandAsync("app", "fly", Token)).Success);
        Assert.False((await application.ResourceCommands.ExecuteCommandAsync("nobody", "start", Token)).Success);
    }

    [Fact]
    public async Task ExplicitStart_WaitsForItsCommand()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddScript("once", "echo ran; exit 4").WithExplicitStart();
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        await application.StateAsync("once", s => s.State?.Text == KnownResourceStates.NotStarted);

        await application.ResourceCommands.ExecuteCommandAsync("once", "start", Token);

        var ended = await application.StateAsync("once", s => s.State?.Text == KnownResourceStates.Finished);
        Assert.Equal(4, ended.Snapshot.ExitCode);
        await application.LineAsync("once", "ran");
    }

    [Fact]
    public async Task Stop_DependentsEndFirst()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var log = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        string Script(string name) => $"trap 'sleep 0.1; echo {name} >> {log}; exit 0' TERM; echo ready; while :; do sleep 0.02; done";
        var server = builder.AddScript("server", Script("server"));
        builder.AddScript("client", Script("client")).WaitFor(server);
        await using (var application = await builder.BuildAsync(Token))
        {
            await application.StartAsync(Token);
            await application.LineAsync("client", "ready");
            await application.StopAsync(Token);
        }

        Assert.Equal(["client", "server"], await File.ReadAllLinesAsync(log, Token));
        File.Delete(log);
    }

    [Fact]
    public async Task Stop_ProcessIgnoresTheSignal_IsKilled()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddScript("deaf", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);
        await application.LineAsync("deaf", "ready");
        var id = (await application.StateAsync("deaf", s => s.State?.Text == KnownResourceStates.Running)).ProcessId();

        application.Services.GetRequiredService<Orchestrator>().HurryUp();
        await application.StopAsync(Token);

        Assert.False(IsAlive(id));
    }
}
