using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Realtime;

/// <summary>Counts live connections of this process by address and by account.</summary>
internal sealed class ConnectionLimits(IOptions<RealtimeOptions> options)
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
    private int total;

    /// <summary>Connections now open.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Null when the process or the address has as many as it may.</summary>
    public IDisposable? TryConnect(string addressKey)
    {
        if (Interlocked.Increment(ref total) <= options.Value.MaxConnections && TryAdd("a:" + addressKey, options.Value.MaxPerAddress))
        {
            return new Place(this, "a:" + addressKey, countsTotal: true);
        }

        Interlocked.Decrement(ref total);
        return null;
    }

    /// <summary>Null when the account has as many as it may.</summary>
    public IDisposable? TryJoin(Guid userId)
    {
        var key = "u:" + userId.ToString("N");
        return TryAdd(key, options.Value.MaxPerUser) ? new Place(this, key, countsTotal: false) : null;
    }

    private bool TryAdd(string key, int limit)
    {
        if (counts.AddOrUpdate(key, 1, (_, count) => count + 1) <= limit)
        {
            return true;
        }

        Remove(key);
        return false;
    }

    private void Remove(string key)
    {
        if (counts.AddOrUpdate(key, 0, (_, count) => count - 1) <= 0)
        {
            counts.TryRemove(new KeyValuePair<string, int>(key, 0));
        }
    }

    private sealed class Place(ConnectionLimits owner, string key, bool countsTotal) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
            {
                owner.Remove(key);
                if (countsTotal)
                {
                    Interlocked.Decrement(ref owner.total);
                }
            }
        }
    }
}
