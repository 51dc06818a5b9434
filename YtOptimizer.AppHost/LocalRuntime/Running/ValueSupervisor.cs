using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>What runs without a process of its own.</summary>
internal sealed class ValueInstance : IInstance
{
    public int? ProcessId => null;

    public Task<int> Exited { get; } = new TaskCompletionSource<int>().Task;

    public string? Source => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A parameter, which must have a value, or an explicit connection string, which must connect.</summary>
internal sealed class ValueSupervisor(Orchestrator orchestrator, ParameterResource resource) : ResourceSupervisor(orchestrator, resource, resource.Name)
{
    protected override async Task<IInstance?> StartInstanceAsync(CancellationToken cancellationToken)
    {
        var value = await resource.GetValueAsync(cancellationToken);
        if (resource.IsConnectionString)
        {
            var result = await ConnectionProbe.CheckAsync(value!, cancellationToken);
            if (result.Status != HealthStatus.Healthy)
            {
                throw new DistributedApplicationException($"ConnectionStrings:{resource.Name} does not connect ({result.Description}). Correct it, or remove it to let the AppHost start a server of its own.");
            }
        }

        return new ValueInstance();
    }

    protected override IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> HealthChecks(IInstance instance)
        => resource.IsConnectionString
            ? new Dictionary<string, Func<CancellationToken, Task<HealthCheckResult>>>(StringComparer.Ordinal)
            {
                [$"{Id}_check"] = async cancellationToken => await ConnectionProbe.CheckAsync((await resource.GetValueAsync(cancellationToken))!, cancellationToken),
            }
            : base.HealthChecks(instance);
}

/// <summary>A database of a server: created when it is missing.</summary>
internal sealed class DatabaseSupervisor(Orchestrator orchestrator, PostgresDatabaseResource resource) : ResourceSupervisor(orchestrator, Waiting(resource), resource.Name)
{
    protected override async Task<IInstance?> StartInstanceAsync(CancellationToken cancellationToken)
    {
        var server = await ((IResourceWithConnectionString)resource.Parent).GetConnectionStringAsync(cancellationToken);
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection) { Parameters = { new() { Value = resource.DatabaseName } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            var name = resource.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal);
#pragma warning disable CA2100 // A database name cannot be a parameter; it is quoted.
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        return new ValueInstance();
    }

    protected override IReadOnlyDictionary<string, Func<CancellationToken, Task<HealthCheckResult>>> HealthChecks(IInstance instance)
        => new Dictionary<string, Func<CancellationToken, Task<HealthCheckResult>>>(StringComparer.Ordinal)
        {
            [$"{Id}_check"] = async cancellationToken =>
                await ConnectionProbe.CheckAsync((await ((IResourceWithConnectionString)resource).GetConnectionStringAsync(cancellationToken))!, cancellationToken),
        };

    private static PostgresDatabaseResource Waiting(PostgresDatabaseResource resource)
    {
        if (!resource.Annotations.OfType<WaitAnnotation>().Any(w => w.Resource == resource.Parent))
        {
            resource.Annotations.Add(new WaitAnnotation(resource.Parent, WaitType.WaitUntilHealthy));
        }

        return resource;
    }
}
