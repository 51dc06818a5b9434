using Microsoft.Extensions.Options;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Realtime;

/// <summary>
/// The process is stopping: no new live connections, and the open ones are sent elsewhere. That begins halfway through the drain, when load
/// balancers have noticed the red readiness: a client that were sent away at once could come back to this very process, and a browser's
/// EventSource takes a refusal for the end.
/// </summary>
internal sealed class RealtimeDrain : IDisposable
{
    private readonly CancellationTokenSource begun = new();
    private readonly CancellationTokenRegistration stopping;
    private readonly TimeProvider time;
    private readonly TimeSpan notice;
    private ITimer? timer;

    public RealtimeDrain(IHostApplicationLifetime lifetime, IOptions<ProcessOptions> process, TimeProvider time)
    {
        this.time = time;
        notice = TimeSpan.FromSeconds((process.Value.DrainSeconds ?? 0) / 2.0);
        stopping = lifetime.ApplicationStopping.Register(Notice);
    }

    public CancellationToken Token => begun.Token;

    public bool HasBegun => begun.IsCancellationRequested;

    public void Dispose()
    {
        stopping.Dispose();
        timer?.Dispose();
        begun.Dispose();
    }

    private void Notice()
    {
        if (notice == TimeSpan.Zero)
        {
            begun.Cancel();
            return;
        }

        timer = time.CreateTimer(_ => begun.Cancel(), null, notice, Timeout.InfiniteTimeSpan);
    }
}
