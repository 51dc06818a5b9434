using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Waits for what a resource waits for, for every replica of it.</summary>
internal static class Dependencies
{
    /// <exception cref="DistributedApplicationException">A dependency has failed, and the application is not to wait for its repair.</exception>
    public static Task WaitAsync(IResource resource, Orchestrator orchestrator, ResourceNotificationService notifications, Action<string> log, CancellationToken stop)
    {
        var waits =
            from annotation in resource.Annotations.OfType<WaitAnnotation>()
            from dependency in orchestrator.Supervisors
            where dependency.Resource == annotation.Resource
            select WaitForOneAsync(annotation, dependency.Id);
        return Task.WhenAll(waits);

        async Task WaitForOneAsync(WaitAnnotation annotation, string id)
        {
            var behavior = annotation.WaitBehavior ?? orchestrator.Options.WaitBehavior;
            string? told = null;
            await foreach (var change in notifications.WatchAsync(stop))
            {
                if (!string.Equals(change.ResourceId, id, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (IsDone(annotation, change.Snapshot))
                {
                    return;
                }

                if (Failure(annotation, id, change.Snapshot) is { } failure)
                {
                    if (behavior == WaitBehavior.StopOnResourceUnavailable)
                    {
                        throw new DistributedApplicationException(failure);
                    }

                    // What cannot start at all ends the application, with its reason.
                    if (annotation.WaitType == WaitType.WaitForCompletion && !string.Equals(told, failure, StringComparison.Ordinal))
                    {
                        log($"Still waiting: {failure} Mend the cause and start '{id}' again.");
                        told = failure;
                    }
                }
            }

            stop.ThrowIfCancellationRequested();
        }
    }

    // A server that cannot be had on this machine is nothing to wait for: the application runs without it.
    private static bool IsDone(WaitAnnotation annotation, CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        return state.Is(KnownResourceStates.Unavailable) || annotation.WaitType switch
        {
            WaitType.WaitForCompletion => state.Is(KnownResourceStates.Finished) && snapshot.ExitCode == annotation.ExitCode,
            WaitType.WaitUntilStarted => state.Is(KnownResourceStates.Running),
            _ => snapshot.HealthStatus == HealthStatus.Healthy,
        };
    }

    private static string? Failure(WaitAnnotation annotation, string id, CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        if (state.Is(KnownResourceStates.FailedToStart))
        {
            return $"'{id}' failed to start.";
        }

        return annotation.WaitType == WaitType.WaitForCompletion && state.Is(KnownResourceStates.Finished)
            ? $"'{id}' ended with exit code {snapshot.ExitCode} instead of {annotation.ExitCode}; its output says why."
            : null;
    }
}
