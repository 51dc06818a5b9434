using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YtOptimizer.AppHost.Hosting;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Servers;

/// <summary>What all local servers have in common.</summary>
internal static class LocalServer
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(10);

    /// <summary>Where the servers of this checkout keep their data.</summary>
    public static string DataDirectory(IDistributedApplicationBuilder builder) =>
        LocalApplication.DataDirectory(builder.Configuration[LocalApplication.DataVariable], builder.AppHostDirectory);

    /// <summary>The password of a cluster that is older than the secrets beside it.</summary>
    public static string? SavedPostgresPassword(string dataDirectory) =>
        Directory.Exists(dataDirectory) && Directory.EnumerateDirectories(dataDirectory, "pg*").Order(StringComparer.Ordinal)
            .Select(home => Path.Combine(home, "password")).LastOrDefault(File.Exists) is { } file
            ? File.ReadAllText(file).TrimEnd('\n')
            : null;

    /// <summary>Runs the preparation of a server: progress goes to the resource's log, a failure also to its state.</summary>
    public static async Task PrepareAsync(IResource resource, BeforeResourceStartedEvent started, Func<IProgress<string>, Task> prepare)
    {
        var log = started.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
        await started.Services.GetRequiredService<ResourceNotificationService>()
            .PublishUpdateAsync(resource, s => s with { State = new("Preparing", KnownResourceStateStyles.Info) });
        try
        {
            await prepare(new LogProgress(log));
        }
        catch (Exception exception) when (exception is ServerStartException or DistributedApplicationException)
        {
            throw Problem.Report(started.Services, resource, exception.Message);
        }
    }

    /// <summary>A port that was free when the model was built may be taken by now, and others have the address already.</summary>
    public static void RequireFree(EndpointReference endpoint)
    {
        if (!LoopbackPorts.IsFree(endpoint.Port))
        {
            throw new ServerStartException($"Port {endpoint.Port} of {endpoint.Resource.Name} is taken by another program now. Start the " +
                $"application again: it will choose another port.");
        }
    }

    /// <summary>Asks the server itself whether it works.</summary>
    public static async Task<HealthCheckResult> CheckAsync(EndpointReference endpoint, ParameterResource password, Func<int, string,
        CancellationToken, Task<string?>> findProblem, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CheckLimit);
        try
        {
            var problem = endpoint.IsAllocated ? await findProblem(endpoint.Port, await password.GetValueAsync(ct) ?? "", limit.Token)
                : "The server has not started.";
            return problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(problem);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The server does not answer within {CheckLimit.TotalSeconds:0} seconds.");
        }
    }

    // Unlike Progress<T>, in order and on the caller's thread.
    private sealed class LogProgress(ILogger log) : IProgress<string>
    {
#pragma warning disable CA1848 // Written a handful of times.
        public void Report(string value) => log.LogInformation("{Progress}", value);
#pragma warning restore CA1848
    }
}
