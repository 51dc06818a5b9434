using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.ServiceDefaults.Hosting;

/// <summary>Between the stop signal (readiness turns red at once) and the end of listening, waits for load balancers to notice.</summary>
internal sealed class DrainDelay(IOptions<ProcessOptions> options, TimeProvider clock) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Seconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(Seconds), clock, cancellationToken);

    private int Seconds => options.Value.DrainSeconds ?? 0;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
