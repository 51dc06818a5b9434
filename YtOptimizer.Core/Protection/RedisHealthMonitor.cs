using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// Knows within a second whether the cache answers, by writing to it four times a second, so that no request has to find out by waiting.
/// While
/// it does not answer the limiter counts elsewhere; as soon as it does again the limiter is back.
/// </summary>
public sealed partial class RedisHealthMonitor(TimeProvider clock, ILogger<RedisHealthMonitor> logger, IConnectionMultiplexer? redis = null)
    : IRecurringJob
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(700);
    private readonly string instance = Guid.CreateVersion7().ToString("N");
    private volatile TaskCompletionSource? closed;

    /// <summary>The cache when it answers, else null.</summary>
    internal IDatabase? Cache => closed is null ? null : redis?.GetDatabase();

    /// <summary>Completes when the cache is found not to answer: whoever waits for it stops waiting.</summary>
    internal Task Lost => closed?.Task ?? Task.CompletedTask;

    /// <summary>Called when the cache is lost, so that what is known of it can be written down.</summary>
    internal Action? OnLost { get; set; }

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
            var probe = redis.GetDatabase().StringSetAsync("rl:probe:" + instance, "1", TimeSpan.FromMinutes(1));
            await Task.WhenAny(probe, Task.Delay(TimeLimit, clock, ct));
            // Lets an answer that arrived just in time through before the verdict.
            await Task.Yield();
            if (!probe.IsCompleted)
            {
                throw new TimeoutException();
            }

            await probe;
            if (closed is null)
            {
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
