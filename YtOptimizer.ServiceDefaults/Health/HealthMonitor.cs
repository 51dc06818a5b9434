using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>What the last probe of a service said; critical is one without which the process cannot work.</summary>
public sealed record ProbeResult(string Name, bool Live, bool Critical, HealthStatus Status, double ResponseTimeMs, string Message);

/// <summary>
/// Probes all registered services in the background and keeps the last answers, so that health endpoints answer from memory even while
/// every dependency hangs. A probe that overruns its budget counts as failed and is not started again until it ends.
/// </summary>
public sealed partial class HealthMonitor(
    IServiceScopeFactory scopes,
    IOptions<HealthCheckServiceOptions> registrations,
    TimeProvider clock,
    ILogger<HealthMonitor> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, ProbeResult> results = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last answers; waits for the first round after the start, at most the probes' budget.</summary>
    public async Task<IReadOnlyList<ProbeResult>> LatestAsync(CancellationToken ct)
    {
        if (!firstRound.Task.IsCompleted)
        {
            await Task.WhenAny(firstRound.Task, Task.Delay(ServiceHealth.Budget, clock, ct));
        }

        return
        [
            .. Probed.Select(registration =>
                results.GetValueOrDefault(registration.Name) ?? Result(registration, HealthStatus.Unhealthy, 0, "not probed yet")
            ),
        ];
    }

    private IEnumerable<HealthCheckRegistration> Probed =>
        registrations.Value.Registrations.Where(registration =>
            registration.Tags.Contains(ServiceHealth.Tag) || registration.Tags.Contains(ServiceHealth.LiveTag)
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A loop of its own: the service defaults know nothing of Core's recurring jobs.
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            await Task.WhenAll(Probed.Select(registration => ProbeAsync(registration, stoppingToken)));
            firstRound.TrySetResult();
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ProbeAsync(HealthCheckRegistration registration, CancellationToken stopping)
    {
        if (running.TryGetValue(registration.Name, out var earlier) && !earlier.IsCompleted)
        {
            return;
        }

        var started = clock.GetTimestamp();
        var budget = registration.Timeout > TimeSpan.Zero ? registration.Timeout : ServiceHealth.Budget;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(budget);
        var probe = RunAsync(registration, limit.Token);
        running[registration.Name] = probe;
        ProbeResult result;
        try
        {
            var answer = await probe.WaitAsync(budget, clock, stopping);
            result = Result(registration, answer.Status, clock.GetElapsedTime(started).TotalMilliseconds, answer.Description ?? "");
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            var late = exception is TimeoutException or OperationCanceledException;
            result = Result(
                registration,
                HealthStatus.Unhealthy,
                clock.GetElapsedTime(started).TotalMilliseconds,
                late
                    ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {budget.TotalMilliseconds:0} ms")
                    : "probe failed"
            );
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var before = results.GetValueOrDefault(registration.Name);
        results[registration.Name] = result;
        if ((before?.Status ?? HealthStatus.Healthy) != result.Status)
        {
            Log.Changed(
                logger,
                result.Status == HealthStatus.Healthy ? LogLevel.Information : LogLevel.Warning,
                result.Name,
                result.Status,
                result.Message
            );
        }
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckRegistration registration, CancellationToken ct)
    {
        // A check may begin with blocking work: keep it off the loop.
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        var check = registration.Factory(scope.ServiceProvider);
        return await check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, ct);
    }

    private static ProbeResult Result(HealthCheckRegistration registration, HealthStatus status, double milliseconds, string message) =>
        new(
            registration.Name,
            registration.Tags.Contains(ServiceHealth.LiveTag),
            registration.Tags.Contains(ServiceHealth.CriticalTag),
            status,
            Math.Round(milliseconds, 1),
            message
        );

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Service {Service} is now {Status}: {Reason}")]
        public static partial void Changed(ILogger logger, LogLevel level, string service, HealthStatus status, string reason);
    }
}
