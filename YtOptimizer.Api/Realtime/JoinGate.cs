using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Realtime;

/// <summary>When a process ends, all its clients come to the others at once: they read their rows a few at a time.</summary>
internal sealed class JoinGate(IOptions<RealtimeOptions> options) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.Value.ConcurrentJoins);

    /// <summary>Waits for a place; dispose to leave.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await places.WaitAsync(ct);
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
