using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an environment callback sees: it adds to <see cref="EnvironmentVariables"/>.</summary>
public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    IResource resource,
    Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default)
{
    /// <summary>Values are strings or <see cref="IValueProvider"/>s.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? new(StringComparer.Ordinal);

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public IResource Resource { get; } = resource;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;
}

public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

public sealed class CommandLineArgsCallbackContext(IList<object> args, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default)
{
    public IList<object> Args { get; } = args;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

public class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}

public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
    WaitUntilStarted,
}

public enum WaitBehavior
{
    /// <summary>Keep waiting when the dependency fails: it may be restarted.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Fail when the dependency fails.</summary>
    StopOnResourceUnavailable,
}

public class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    public int ExitCode { get; } = exitCode;

    public WaitBehavior? WaitBehavior { get; set; }
}

public class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>Keeps a resource out of the manifest.</summary>
internal sealed class ManifestExclusionAnnotation : IResourceAnnotation;

/// <summary>A question put to a running resource; <paramref name="check"/> gets the address of the replica in question.</summary>
internal sealed class LocalHealthCheckAnnotation(string key, Func<HealthCheckTarget, CancellationToken, Task<HealthCheckResult>> check) : IResourceAnnotation
{
    public string Key { get; } = key;

    public Func<HealthCheckTarget, CancellationToken, Task<HealthCheckResult>> Check { get; } = check;
}

/// <summary>Where a health check finds one replica: its own ports by endpoint name.</summary>
internal sealed record HealthCheckTarget(IServiceProvider Services, IReadOnlyDictionary<string, int> Ports);

/// <summary>How to start a resource instead of by its project output.</summary>
internal sealed record LaunchCommandAnnotation(string FileName, IReadOnlyList<string> Arguments) : IResourceAnnotation;

public enum ContainerMountType
{
    BindMount,
    Volume,
}

public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    public string? Source { get; } = source;

    public string Target { get; } = target;

    public ContainerMountType Type { get; } = type;

    public bool IsReadOnly { get; } = isReadOnly;
}

public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }
}

public enum UrlDisplayLocation
{
    SummaryAndDetails,
    DetailsOnly,
}

/// <summary>A link of a resource; a path is taken relative to <see cref="Endpoint"/>.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
#pragma warning disable CA1051, MA0069 // A field in Aspire too.
    public int? DisplayOrder;
#pragma warning restore CA1051, MA0069

    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Changes the links of a resource when its endpoints are known.</summary>
internal sealed record ResourceUrlsCallbackAnnotation(Action<List<ResourceUrlAnnotation>> Callback) : IResourceAnnotation;
