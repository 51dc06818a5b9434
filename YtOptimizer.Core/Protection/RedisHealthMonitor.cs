using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// Knows within a second whether the cache answers, by writing to it four times a second, so that no request has to find out by waiting.
/// While it does not answer the limiter counts elsewhere; as soon as it does again the limiter is back. What is written is that this
/// instance is alive; what is read, which others are: during an outage each of them knows something that the others need.
/// </summary>
public sealed partial class RedisHealthMonitor(TimeProvider clock, ILogger<RedisHealthMonitor> logger, IConnectionMultiplexer? redis = null)
    : IRecurringJob
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(700);

    // On the server's clock; instances that have not written for 5 s are gone.
    private const string ProbeScript = """
        local now = redis.call('TIME')
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(now[1]) - 5)
        if ARGV[2] == '1' then redis.call('ZADD', KEYS[1], now[1], ARGV[1]) end
        redis.call('EXPIRE', KEYS[1], 60)
        return redis.call('ZRANGE', KEYS[1], 0, -1)
        """;

    private static readonly RedisKey InstancesKey = "rl:instances";
    private volatile TaskCompletionSource? closed;

    /// <summary>This process among those that share the cache.</summary>
    internal string Instance { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>The other instances that counted in the cache when it last answered.</summary>
    internal IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>The cache when it answers, else null.</summary>
    internal IDatabase? Cache => closed is null ? null : redis?.GetDatabase();

    /// <summary>Completes when the cache is found not to answer: whoever waits for it stops waiting.</summary>
    internal Task Lost => closed?.Task ?? Task.CompletedTask;

    /// <summary>Called when the cache is lost, so that what is known of it can be written down.</summary>
    internal Action? OnLost { get; set; }

    /// <summary>Called when the cache answers, for the first time or again.</summary>
    internal Action? OnBack { get; set; }

    internal void ReportFailure(Exception exception)
    {
        if (Interlocked.Exchange(ref closed, null) is { } was)
        {
            Log.Lost(logger, exception.GetType().Name);
            OnLost?.Invoke();
            was.TrySetResult();
        }
    }

    public TimeSpan Interval => redis is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken ct)
    {
        if (redis is null)
        {
            Log.NoCache(logger);
            return;
        }

        try
        {
            var probe = redis.GetDatabase().ScriptEvaluateAsync(ProbeScript, [InstancesKey], [Instance, OnLost is null ? "0" : "1"]);
            await Task.WhenAny(probe, Task.Delay(TimeLimit, clock, ct));
            // An answer that arrived just in time still counts.
            await Task.Yield();
            if (!probe.IsCompleted)
            {
                throw new TimeoutException();
            }

            Others = [.. ((string[])(await probe)!).Where(other => other != Instance)];
            if (closed is null)
            {
                OnBack?.Invoke();
                closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Log.Back(logger);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            ReportFailure(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Rate limits: the cache does not answer ({Reason}); counting in Postgres until it does")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "Rate limits: counting in the cache")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "Rate limits: no cache is configured; counting in Postgres")]
        public static partial void NoCache(ILogger logger);
    }
}
