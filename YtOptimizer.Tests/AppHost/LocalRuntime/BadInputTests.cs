using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.LocalRuntime.Running;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>Each mistake ends in one sentence that says what to do.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Start_UnknownServersOverride_SaysWhatIsKnown()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddSingleton(new RuntimeOptions { DataDirectory = Path.GetTempPath(), Servers = "docker" });
        await using var application = await builder.BuildAsync(Token);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => application.StartAsync(Token));

        Assert.Contains("YTO_SERVERS is 'docker', but only external, system and package are known", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProjectNotBuilt_SaysHowToBuildIt()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Unbuilt>("app");
        await using var application = await builder.BuildAsync(Token);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => application.StartAsync(Token));

        Assert.Contains("The program of 'app' is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Username=nobody;Password=dummy-secret;Database=none")]
    [InlineData("postgresql://nobody:dummy-secret@127.0.0.1:{0}/none")]
    [InlineData("127.0.0.1:{0},password=dummy-secret")]
    [InlineData("redis://:dummy-secret@127.0.0.1:{0}")]
    public async Task Start_ConnectionStringDoesNotConnect_SaysWhichAndKeepsTheSecret(string form)
    {
        var connectionString = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Ports.Free());
        await using var builder = DistributedApplicationTestingBuilder.Create($"--ConnectionStrings:given={connectionString}");
        var given = builder.AddConnectionString("given");
        builder.AddScript("app", "exec sleep 600").WithReference(given).WaitFor(given);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync("given", s => s.State?.Text == KnownResourceStates.FailedToStart);
        await application.StateAsync("app", s => s.State?.Text == KnownResourceStates.FailedToStart);
        var error = application.Services.GetRequiredService<Orchestrator>().FatalError;
        Assert.Contains("ConnectionStrings:given does not connect", error, StringComparison.Ordinal);
        Assert.DoesNotContain("dummy-secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ParameterWithoutValue_SaysHowToGiveOne()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddParameterFromConfiguration("key", "YTO_TEST_MISSING_KEY", secret: true);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        await application.StateAsync("key", s => s.State?.Text == KnownResourceStates.FailedToStart);
        Assert.Contains("set YTO_TEST_MISSING_KEY", application.Services.GetRequiredService<Orchestrator>().FatalError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PreferredPortTaken_TakesAnotherAndSaysSo()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddSingleton(new RuntimeOptions { DataDirectory = Directory.CreateTempSubdirectory("yto-port-").FullName, IsTemporary = true, DisableDashboard = true });
        var app = builder.AddScript<Web>("app", "exec sleep 600");
        app.Resource.Annotations.OfType<EndpointAnnotation>().Single().Port = taken;
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        Assert.NotEqual(taken, application.GetEndpoint("app").Port);
        Assert.Contains(application.Services.GetRequiredService<Orchestrator>().Notes, n => n.StartsWith($"Port {taken} is taken: app listens on http://localhost:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_DataInUse_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("yto-lock-").FullName;
        await using var first = await StartAsync(folder);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => StartAsync(folder));

        Assert.Contains("Another AppHost already runs", exception.Message, StringComparison.Ordinal);

        static async Task<DistributedApplication> StartAsync(string folder)
        {
            var builder = DistributedApplicationTestingBuilder.Create();
            builder.Services.AddSingleton(new RuntimeOptions { DataDirectory = folder, DisableDashboard = true });
            var application = await builder.BuildAsync(Token);
            await application.StartAsync(Token);
            return application;
        }
    }
}
