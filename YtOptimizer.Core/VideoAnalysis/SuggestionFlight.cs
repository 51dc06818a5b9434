using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// The right to ask the model for one key, held for as long as its holder lives: renewed every few seconds, so that a killed process
/// keeps the others waiting for <see cref="Lease"/> at most, however long a call may take.
/// </summary>
public sealed class SuggestionFlight : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(4);
    private readonly SuggestionCache cache;
    private readonly string key;
    private readonly Guid holder;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource done = new();
    private readonly Task renewing;

    private SuggestionFlight(SuggestionCache cache, string key, Guid holder, TimeProvider time)
    {
        (this.cache, this.key, this.holder, this.time) = (cache, key, holder, time);
        renewing = RenewAsync();
    }

    /// <summary>Null while another process asks.</summary>
    public static async Task<SuggestionFlight?> TryBeginAsync(SuggestionCache cache, string key, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(time);
        var holder = Guid.CreateVersion7(time.GetUtcNow());
        return await cache.AcquireAsync(key, holder, Lease, ct) ? new SuggestionFlight(cache, key, holder, time) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await renewing;
        done.Dispose();
        await cache.ReleaseAsync(key, holder);
    }

    private async Task RenewAsync()
    {
        while (!done.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Renewal, time, done.Token);
                await cache.RenewAsync(key, holder, Lease, done.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is Npgsql.NpgsqlException or DatabaseUnavailableException or TimeoutException)
            {
                // The next turn tries again; at worst another process asks as well.
            }
        }
    }
}
