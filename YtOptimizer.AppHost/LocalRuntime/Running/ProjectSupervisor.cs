using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Runs one process of a project, on ports of its own behind the public ones.</summary>
internal sealed class ProjectSupervisor(Orchestrator orchestrator, ProjectResource resource, string id, IReadOnlyDictionary<string, TcpRelay> relays)
    : ResourceSupervisor(orchestrator, resource, id)
{
    private readonly IReadOnlyDictionary<string, TcpRelay> _relays = relays;

    protected override async Task<IInstance?> StartInstanceAsync(CancellationToken cancellationToken)
    {
        var ports = _relays.Keys.ToDictionary(name => name, _ => Ports.Free(), StringComparer.Ordinal);
        var environment = await ProjectLaunch.EnvironmentAsync(resource, Orchestrator.Services, cancellationToken);
        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        if (ports.Count > 0)
        {
            environment["ASPNETCORE_URLS"] = string.Join(';', ports.Select(p => string.Create(CultureInfo.InvariantCulture, $"{Endpoint(p.Key).UriScheme}://localhost:{p.Value}")));
        }

        var command = ProjectLaunch.Command(resource, await ProjectLaunch.ArgumentsAsync(resource, Orchestrator.Services, cancellationToken), environment);
        await PublishAsync(s => s with
        {
            Urls = [.. ProjectUrls.Of(resource)],
            EnvironmentVariables = [.. environment.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => new EnvironmentVariableSnapshot(e.Key, e.Value, IsFromSpec: true))],
        });
        var process = await ChildProcess.StartAsync(command, Log, Orchestrator.Watchdog);
        foreach (var (name, port) in ports)
        {
            _relays[name].Add(Id, port);
        }

        return new Instance(this, process, ports);
    }

    protected override IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> HealthChecks(IInstance instance)
    {
        var target = new HealthCheckTarget(Orchestrator.Services, ((Instance)instance).Ports);
        return resource.Annotations.OfType<LocalHealthCheckAnnotation>().ToDictionary(
            a => a.Key,
            a => (Func<CancellationToken, Task<HealthCheckResult>>)(cancellationToken => a.Check(target, cancellationToken)),
            StringComparer.Ordinal);
    }

    private EndpointAnnotation Endpoint(string name)
        => resource.Annotations.OfType<EndpointAnnotation>().Single(e => string.Equals(e.Name, name, StringComparison.Ordinal));

    private sealed class Instance(ProjectSupervisor owner, ChildProcess process, IReadOnlyDictionary<string, int> ports) : IInstance
    {
        public IReadOnlyDictionary<string, int> Ports { get; } = ports;

        public int? ProcessId => process.Id;

        public Task<int> Exited => process.Exited;

        public string? Source { get; } = Path.GetFileName(owner.Resource.Annotations.OfType<IProjectMetadata>().First().ProjectPath);

        public async ValueTask DisposeAsync()
        {
            foreach (var relay in owner._relays.Values)
            {
                relay.Remove(owner.Id);
            }

            await process.StopAsync(owner.Orchestrator.Options.StopGrace, owner.Orchestrator.Hurry);
            await process.DisposeAsync();
        }
    }
}

/// <summary>The links of a project.</summary>
internal static class ProjectUrls
{
    public static IEnumerable<UrlSnapshot> Of(ProjectResource resource)
    {
        var urls = resource.Annotations.OfType<EndpointAnnotation>()
            .Select(e => new EndpointReference(resource, e.Name))
            .Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e })
            .ToList();
        foreach (var change in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            change.Callback(urls);
        }

        return urls.Select((url, i) => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, IsInternal: false)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? string.Empty, url.DisplayOrder ?? i),
        });
    }
}
