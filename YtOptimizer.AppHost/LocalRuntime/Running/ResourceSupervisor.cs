using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Something that runs. Disposing it ends it gracefully.</summary>
internal interface IInstance : IAsyncDisposable
{
    int? ProcessId { get; }

    /// <summary>Completes with the exit code; never for what is not a process.</summary>
    Task<int> Exited { get; }

    /// <summary>Where it came from, for the reader.</summary>
    string? Source { get; }
}

/// <summary>Brings one replica of a resource up after what it waits for, watches it, and brings it up again when it crashes.</summary>
internal abstract class ResourceSupervisor(Orchestrator orchestrator, IResource resource, string id) : IDisposable
{
    private static readonly TimeSpan UntilHealthy = TimeSpan.FromMilliseconds(200), WhileUnhealthy = TimeSpan.FromSeconds(1), WhileHealthy = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ResourceNotificationService _notifications = orchestrator.Services.GetRequiredService<ResourceNotificationService>();
    private readonly ResourceLoggerService _logs = orchestrator.Services.GetRequiredService<ResourceLoggerService>();
    private readonly TimeProvider _time = orchestrator.Services.GetRequiredService<TimeProvider>();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private bool _hasRun;

    public IResource Resource { get; } = resource;

    /// <summary>The name of the resource, with a number when there are several replicas.</summary>
    public string Id { get; } = id;

    protected Orchestrator Orchestrator { get; } = orchestrator;

    /// <summary>Whether the process is meant to end by itself.</summary>
    private bool IsOneShot { get; } = resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()
        || orchestrator.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .Any(r => r.Annotations.OfType<WaitAnnotation>().Any(w => w.Resource == resource && w.WaitType == WaitType.WaitForCompletion));

    /// <summary>Starts the resource, unless it starts by command only.</summary>
    public async Task InitializeAsync()
    {
        await PublishAsync(s => s with { State = KnownResourceStates.NotStarted, CreationTimeStamp = Now });
        if (!Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
        {
            await StartAsync();
        }
    }

    /// <summary>Starts what is not running. Returns when the start is under way.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_loop.IsCompleted)
            {
                _stop?.Dispose();
                _stop = new CancellationTokenSource();
                var cancelled = _stop.Token;
                await PublishAsync(s => s with { State = KnownResourceStates.Waiting, ExitCode = null });
                _loop = Task.Run(() => LoopAsync(cancelled), CancellationToken.None);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends what is running and stays down. Returns when it has ended.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_stop is not null)
            {
                await _stop.CancelAsync();
                await _loop;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _gate.Dispose();
        _stop?.Dispose();
    }

    protected abstract Task<IInstance?> StartInstanceAsync(CancellationToken cancellationToken);

    /// <summary>The questions whose answers make up the health of an instance.</summary>
    protected virtual IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> HealthChecks(IInstance instance)
        => ImmutableDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>>.Empty;

    protected Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => _notifications.PublishUpdateAsync(Resource, Id, change);

    protected void Log(string line, bool isError = false) => _logs.Write(Resource, Id, line, isError);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            await Dependencies.WaitAsync(Resource, Orchestrator, _notifications, line => Log(line), stop);
            var policy = new RestartPolicy();
            while (true)
            {
                var started = _time.GetTimestamp();
                var exitCode = await RunOnceAsync(policy, stop);
                if (exitCode is null)
                {
                    return;
                }

                if (IsOneShot)
                {
                    await PublishAsync(s => Ended(s, KnownResourceStates.Finished, exitCode, exitCode == 0 ? KnownResourceStateStyles.Success : KnownResourceStateStyles.Error));
                    return;
                }

                var delay = policy.NextDelay(_time.GetElapsedTime(started));
                Log($"{Id} ended with exit code {exitCode}; next start in {delay.TotalSeconds:0.#} s.", isError: true);
                await PublishAsync(s => Ended(s, KnownResourceStates.Exited, exitCode, KnownResourceStateStyles.Error));
                await Task.Delay(delay, _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await PublishAsync(s => Ended(s, KnownResourceStates.Exited, s.ExitCode, KnownResourceStateStyles.Info));
        }
        catch (Exception exception)
        {
            Log(exception.Message, isError: true);
            await PublishAsync(s => Ended(s, KnownResourceStates.FailedToStart, s.ExitCode, KnownResourceStateStyles.Error));
            Orchestrator.Fail($"'{Id}' cannot start: {exception.Message}");
        }
    }

    /// <returns>The exit code, or null when the resource is not to be had and the application runs without it.</returns>
    private async Task<int?> RunOnceAsync(RestartPolicy policy, CancellationToken stop)
    {
        await PublishAsync(s => s with { State = KnownResourceStates.Starting, ExitCode = null });
        IInstance? instance;
        try
        {
            instance = await StartInstanceAsync(stop);
        }
        catch (Exception exception) when (_hasRun && !stop.IsCancellationRequested)
        {
            // It could start before: the cause may pass.
            Log($"{Id} did not start: {exception.Message}", isError: true);
            return -1;
        }

        if (instance is null)
        {
            await PublishAsync(s => Ended(s, KnownResourceStates.Unavailable, exitCode: null, KnownResourceStateStyles.Warn));
            return null;
        }

        _hasRun = true;
        await using (instance)
        {
            var checks = HealthChecks(instance);
            await PublishAsync(s => s with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                StartTimeStamp = Now,
                StopTimeStamp = null,
                HealthReports = [.. checks.Keys.Select(k => new HealthReportSnapshot(k, Status: null, Description: null, ExceptionText: null))],
                Properties = [.. Properties(instance, policy)],
            });
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watching = WatchHealthAsync(checks, over.Token);
            try
            {
                return await instance.Exited.WaitAsync(stop);
            }
            finally
            {
                await over.CancelAsync();
                await watching;
                if (stop.IsCancellationRequested)
                {
                    await PublishAsync(s => s with { State = KnownResourceStates.Stopping });
                }
            }
        }
    }

    private async Task WatchHealthAsync(IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> checks, CancellationToken over)
    {
        if (checks.Count == 0)
        {
            return;
        }

        var wasHealthy = false;
        try
        {
            while (true)
            {
                var reports = await Task.WhenAll(checks.Select(c => ReportAsync(c.Key, c.Value, over)));
                await PublishAsync(s => s.HealthReports.SequenceEqual(reports) ? s : s with { HealthReports = [.. reports] });
                var healthy = reports.All(r => r.Status == HealthStatus.Healthy);
                wasHealthy |= healthy;
                await Task.Delay(healthy ? WhileHealthy : wasHealthy ? WhileUnhealthy : UntilHealthy, _time, over);
            }
        }
        catch (OperationCanceledException)
        {
            // The instance is over.
        }
    }

    private static async Task<HealthReportSnapshot> ReportAsync(string name, Func<CancellationToken, Task<HealthCheckResult>> check, CancellationToken over)
    {
        try
        {
            var result = await check(over);
            return new HealthReportSnapshot(name, result.Status, result.Description, result.Exception?.Message);
        }
        catch (Exception exception) when (!over.IsCancellationRequested)
        {
            return new HealthReportSnapshot(name, HealthStatus.Unhealthy, exception.Message, exception.GetType().Name);
        }
    }

    private static IEnumerable<ResourcePropertySnapshot> Properties(IInstance instance, RestartPolicy policy)
    {
        if (instance.ProcessId is { } processId)
        {
            yield return new ResourcePropertySnapshot("executable.pid", processId);
            yield return new ResourcePropertySnapshot("restarts", policy.Crashes);
        }

        if (instance.Source is { } source)
        {
            yield return new ResourcePropertySnapshot("resource.source", source);
        }
    }

    private CustomResourceSnapshot Ended(CustomResourceSnapshot snapshot, string state, int? exitCode, string style)
        => snapshot with { State = new ResourceStateSnapshot(state, style), ExitCode = exitCode, StopTimeStamp = Now, HealthReports = [] };
}
