namespace YtOptimizer.Api.Realtime;

/// <summary>The process is stopping: no new live connections, and the open ones are sent elsewhere.</summary>
internal sealed class RealtimeDrain(IHostApplicationLifetime lifetime)
{
    public CancellationToken Token => lifetime.ApplicationStopping;

    public bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;
}
