using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Starts the resources in the order of their waits, keeps them up, and takes them down in the reverse order.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    RuntimeOptions options,
    IServiceProvider services,
    IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly List<ResourceSupervisor> _supervisors = [];
    private readonly List<TcpRelay> _relays = [];
    private readonly CancellationTokenSource _hurry = new();
    private readonly List<string> _notes = [];
    private FileStream? _dataLock;
    private Task? _stopping;
    private Watchdog? _watchdog;

    /// <summary>Why the application cannot run, in one sentence; null while it can.</summary>
    public string? FatalError { get; private set; }

    public IReadOnlyList<ResourceSupervisor> Supervisors => _supervisors;

    /// <summary>What the user should know about this start, such as a port that had to be another.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Cancelled when the user will not wait for a graceful end.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public RuntimeOptions Options => options;

    public IServiceProvider Services => services;

    public Watchdog Watchdog => _watchdog ?? throw new InvalidOperationException("The application has not been started.");

    /// <summary>The replica with that id, or all replicas of the resource with that name.</summary>
    public IReadOnlyList<ResourceSupervisor> Find(string nameOrId)
    {
        var byId = _supervisors.FindAll(s => string.Equals(s.Id, nameOrId, StringComparison.OrdinalIgnoreCase));
        return byId.Count > 0 ? byId : _supervisors.FindAll(s => string.Equals(s.Resource.Name, nameOrId, StringComparison.OrdinalIgnoreCase));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            return;
        }

        options.Validate();
        foreach (var project in model.Resources.OfType<ProjectResource>())
        {
            ProjectLaunch.Validate(project);
        }

        options.CreateDataDirectory();
        _dataLock = LockData();
        var processes = Path.Combine(options.DataDirectory, "processes.json");
        if (Watchdog.KillLeftovers(processes) is > 0 and var count)
        {
            _notes.Add($"Ended {count} processes that an earlier run had left behind.");
        }

        _watchdog = await Watchdog.StartAsync(processes);
        foreach (var resource in model.Resources)
        {
            _supervisors.AddRange(CreateSupervisors(resource));
        }

        await Task.WhenAll(_supervisors.Select(s => s.InitializeAsync()));
    }

    /// <summary>Ends everything, once; a second call waits for the first. Cancelling <paramref name="cancellationToken"/> kills.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_relays)
        {
            return _stopping ??= StopAllAsync(cancellationToken);
        }
    }

    private async Task StopAllAsync(CancellationToken cancellationToken)
    {
        await using var hurried = cancellationToken.Register(() => _hurry.Cancel());
        var stopped = new Dictionary<IResource, Task>();
        await Task.WhenAll(model.Resources.Select(StopAfterDependents));
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        if (_watchdog is not null)
        {
            await _watchdog.DisposeAsync();
        }

        if (_dataLock is not null)
        {
            await _dataLock.DisposeAsync();
        }

        Task StopAfterDependents(IResource resource)
        {
            if (stopped.TryGetValue(resource, out var task))
            {
                return task;
            }

            var dependents = model.Resources.Where(r => r.Annotations.OfType<WaitAnnotation>().Any(w => w.Resource == resource)).Select(StopAfterDependents).ToList();
            var all = Task.WhenAll(dependents);
            return stopped[resource] = StopWhenAsync(all, resource);
        }

        async Task StopWhenAsync(Task dependents, IResource resource)
        {
            await dependents;
            await Task.WhenAll(_supervisors.Where(s => s.Resource == resource).Select(s => s.StopAsync()));
        }
    }

    public void Dispose()
    {
        _hurry.Dispose();
        foreach (var supervisor in _supervisors)
        {
            supervisor.Dispose();
        }
    }

    public Task StartResourceAsync(string id, CancellationToken cancellationToken)
        => Task.WhenAll(Find(id).Select(s => s.StartAsync())).WaitAsync(cancellationToken);

    public Task StopResourceAsync(string id, CancellationToken cancellationToken)
        => Task.WhenAll(Find(id).Select(s => s.StopAsync())).WaitAsync(cancellationToken);

    /// <summary>Ends waiting for graceful ends: everything is killed.</summary>
    public void HurryUp() => _hurry.Cancel();

    public void Note(string text) => _notes.Add(text);

    /// <summary>Something only the user can mend. Tests see it as the state of the resource; otherwise the application ends.</summary>
    public void Fail(string message)
    {
        FatalError ??= message;
        if (!options.IsTemporary)
        {
            lifetime.StopApplication();
        }
    }

    private IEnumerable<ResourceSupervisor> CreateSupervisors(IResource resource)
    {
        switch (resource)
        {
            case PostgresServerResource postgres:
                return [new ServerSupervisor(this, postgres, services.GetRequiredService<ServerStarters>().Postgres)];
            case RedisResource redis:
                return [new ServerSupervisor(this, redis, services.GetRequiredService<ServerStarters>().Redis)];
            case PostgresDatabaseResource database:
                return [new DatabaseSupervisor(this, database)];
            case ProjectResource project:
                var replicas = project.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
                var relays = Publish(project);
                return Enumerable.Range(1, replicas).Select(n => new ProjectSupervisor(this, project, replicas == 1 ? project.Name : $"{project.Name}-{n}", relays));
            case ParameterResource parameter:
                return [new ValueSupervisor(this, parameter)];
            default:
                throw new DistributedApplicationException($"The local runtime cannot run '{resource.Name}' ({resource.GetType().Name}): build with UseAspire=true.");
        }
    }

    /// <summary>Opens the public ports of a project.</summary>
    private Dictionary<string, TcpRelay> Publish(ProjectResource project)
    {
        var relays = new Dictionary<string, TcpRelay>(StringComparer.Ordinal);
        foreach (var endpoint in project.Annotations.OfType<EndpointAnnotation>())
        {
            var preferred = options.RandomizePorts ? 0 : endpoint.Port ?? 0;
            TcpRelay relay;
            try
            {
                relay = TcpRelay.Listen(endpoint.TargetHost, preferred);
            }
            catch (System.Net.Sockets.SocketException) when (preferred != 0)
            {
                relay = TcpRelay.Listen(endpoint.TargetHost, 0);
                _notes.Add($"Port {preferred} is taken: {project.Name} listens on {endpoint.UriScheme}://localhost:{relay.Port} instead. End the other program, or change applicationUrl in the launch profile.");
            }

            _relays.Add(relay);
            endpoint.Allocate("localhost", relay.Port);
            relays[endpoint.Name] = relay;
        }

        return relays;
    }

    private FileStream LockData()
    {
        var path = Path.Combine(options.DataDirectory, "apphost.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException($"Another AppHost already runs with the data in {options.DataDirectory}: end it, or set YTO_DATA_DIR to another folder.", exception);
        }
    }
}
