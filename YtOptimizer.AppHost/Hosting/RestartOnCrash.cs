using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.AppHost.Hosting;

/// <summary>Says that a resource is started again when it ends without having been asked to.</summary>
/// <param name="Attempts">Starts in a row that may fail before the resource is left alone.</param>
internal sealed record RestartOnCrashAnnotation(int Attempts) : IResourceAnnotation;

internal static class RestartOnCrashExtensions
{
    /// <summary>
    /// Keeps a resource up: each instance that crashes is started again, after 1, 2, 4 … seconds, until <paramref name="attempts"/> starts
    /// in a row ended within a minute.
    /// What is stopped by the dashboard, the CLI or the end of the application stays stopped. Without effect when publishing.
    /// </summary>
    public static IResourceBuilder<T> WithRestartOnCrash<T>(this IResourceBuilder<T> builder, int attempts = 5)
        where T : IResource
    {
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            builder.ApplicationBuilder.Services.TryAddSingleton(TimeProvider.System);
            builder.ApplicationBuilder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CrashWatcher>());
        }

        return builder.WithAnnotation(new RestartOnCrashAnnotation(attempts), ResourceAnnotationMutationBehavior.Replace);
    }
}

/// <summary>Sees instances end, and starts them again.</summary>
internal sealed partial class CrashWatcher(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService loggers, TimeProvider clock,
        ILogger<CrashWatcher> console) : BackgroundService
{
    private readonly Dictionary<string, CrashHistory> _instances = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var restarts = new List<Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource.Annotations.OfType<RestartOnCrashAnnotation>().LastOrDefault() is not { } wish)
                {
                    continue;
                }

                if (!_instances.TryGetValue(change.ResourceId, out var history))
                {
                    _instances[change.ResourceId] = history = new CrashHistory(wish.Attempts, clock);
                }

                if (history.IsCrash(change.Snapshot.State?.Text))
                {
                    restarts.RemoveAll(restart => restart.IsCompleted);
                    restarts.Add(RestartAsync(change, history.Next(), stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(restarts);
        }
    }

    private async Task RestartAsync(ResourceEvent change, TimeSpan? delay, CancellationToken ct)
    {
        var log = loggers.GetLogger(change.ResourceId);
        var code = change.Snapshot.ExitCode is { } number ? $"with exit code {number}" : "unexpectedly";
        if (delay is not { } pause)
        {
            var sentence = $"{change.ResourceId} ended {code} again and again: it is not started any more. Its log says why; mend that " +
                $"and start it by hand.";
            GivingUp(log, sentence);
            GivingUp(console, sentence);
            await notifications.PublishUpdateAsync(change.Resource, change.ResourceId, s =>
                s with { State = new("Crashed", KnownResourceStateStyles.Error) });
            return;
        }

        Restarting(log, change.ResourceId, code, pause.TotalSeconds);
        Restarting(console, change.ResourceId, code, pause.TotalSeconds);
        try
        {
            await Task.Delay(pause, clock, ct);
            var result = await commands.ExecuteCommandAsync(change.ResourceId, KnownResourceCommands.StartCommand, ct);
            if (!result.Success)
            {
                GivingUp(console, $"{change.ResourceId} cannot be started again: {result.Message}");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Instance} ended {How}: it is started again in {Seconds} s.")]
    private static partial void Restarting(ILogger logger, string instance, string how, double seconds);

    [LoggerMessage(LogLevel.Error, "{Sentence}")]
    private static partial void GivingUp(ILogger logger, string sentence);
}

/// <summary>What is known of one instance: whether its end is a crash, and how long to wait before the next start.</summary>
internal sealed class CrashHistory(int attempts, TimeProvider clock)
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private bool _isUp;
    private long _since;
    private int _failures;

    /// <summary>Takes the instance's next state; true when it has just ended without having been asked to.</summary>
    public bool IsCrash(string? state)
    {
        if (state == KnownResourceStates.Running)
        {
            _since = _isUp ? _since : clock.GetTimestamp();
            _isUp = true;
            return false;
        }

        if (!_isUp || state is null)
        {
            return false;
        }

        _isUp = false;
        return state == KnownResourceStates.Exited || state == KnownResourceStates.Finished;
    }

    /// <summary>The pause before the next start, or null when it has failed too often.</summary>
    public TimeSpan? Next()
    {
        _failures = clock.GetElapsedTime(_since) > Settled ? 1 : _failures + 1;
        if (_failures <= attempts)
        {
            return TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - 1), Longest.TotalSeconds));
        }

        _failures = 0;
        return null;
    }
}
