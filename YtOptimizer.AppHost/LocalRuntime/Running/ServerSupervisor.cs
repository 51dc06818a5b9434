using Microsoft.Extensions.Diagnostics.HealthChecks;
using YtOptimizer.AppHost.LocalRuntime.Servers;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

internal delegate Task<IRunningServer?> StartServer(ServerOptions options, IProgress<string> progress, Action<string> log, CancellationToken cancellationToken);

/// <summary>How servers are started; tests put others in their place.</summary>
internal sealed record ServerStarters(StartServer Postgres, StartServer Redis)
{
    public static ServerStarters Default { get; } = new(
        async (options, progress, log, cancellationToken) => await PostgresServer.StartAsync(options, progress, log, cancellationToken),
        RedisServer.StartAsync);
}

/// <summary>Says that a server cannot be had here: references to it inject nothing.</summary>
internal sealed class UnavailableAnnotation : IResourceAnnotation;

/// <summary>Runs PostgreSQL or a Redis-compatible server.</summary>
internal sealed class ServerSupervisor(Orchestrator orchestrator, ContainerResource resource, StartServer start)
    : ResourceSupervisor(orchestrator, resource, resource.Name)
{
    private int? _port;

    protected override async Task<IInstance?> StartInstanceAsync(CancellationToken cancellationToken)
    {
        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
        var options = new ServerOptions(
            Orchestrator.Options.DataDirectory,
            _port ?? (Orchestrator.Options.RandomizePorts ? null : endpoint.Port),
            await PasswordAsync(cancellationToken),
            await ProjectLaunch.ArgumentsAsync(resource, Orchestrator.Services, cancellationToken),
            Orchestrator.Options.Servers);

        var server = await start(options, new LogProgress(text => Log(text)), line => Log(line), cancellationToken);
        if (server is null)
        {
            resource.Annotations.Add(new UnavailableAnnotation());
            Orchestrator.Note($"No Redis-compatible server can be had on this machine: the application runs without '{Id}'.");
            return null;
        }

        // Others have the address already: the server must come back at the same one.
        if (_port is { } previous && previous != server.Port)
        {
            await server.DisposeAsync();
            throw new DistributedApplicationException($"port {previous} is taken now.");
        }

        _port = server.Port;
        endpoint.Allocate(server.Host, server.Port);
        Log($"{Id} runs from {server.Source}, port {server.Port}.");
        await PublishAsync(s => s with { Urls = [new UrlSnapshot("tcp", $"tcp://{server.Host}:{server.Port}", IsInternal: false)] });
        return new Instance(server, Orchestrator);
    }

    protected override IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> HealthChecks(IInstance instance)
        => new Dictionary<string, Func<CancellationToken, Task<HealthCheckResult>>>(StringComparer.Ordinal)
        {
            [$"{Id}_check"] = async cancellationToken => await ((Instance)instance).Server.IsHealthyAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The server does not answer."),
        };

    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        var parameter = resource switch
        {
            PostgresServerResource postgres => postgres.PasswordParameter,
            RedisResource redis => redis.PasswordParameter,
            _ => null,
        };
        return parameter is null ? string.Empty : await parameter.GetValueAsync(cancellationToken) ?? string.Empty;
    }

    private sealed class Instance(IRunningServer server, Orchestrator orchestrator) : IInstance
    {
        public IRunningServer Server { get; } = server;

        public int? ProcessId => Server.ProcessId;

        public Task<int> Exited => Server.Exited;

        public string? Source => Server.Source;

        public async ValueTask DisposeAsync()
        {
            using var grace = CancellationTokenSource.CreateLinkedTokenSource(orchestrator.Hurry);
            grace.CancelAfter(orchestrator.Options.StopGrace);
            await Server.StopAsync(grace.Token);
            await Server.DisposeAsync();
        }
    }

    // Unlike Progress<T>, in order and on the caller's thread.
    private sealed class LogProgress(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
