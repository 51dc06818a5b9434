using Npgsql;
using Polly;
using Polly.Retry;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.Queue;

/// <summary>Writes through short outages of the database.</summary>
internal static class OutageRetry
{
    // As long as nobody took the job over, the lease still fences; giving up only means to run the job again.
    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(60);

    /// <param name="write">The write; fenced, so that repeating it is safe.</param>
    /// <param name="time">Clock.</param>
    /// <param name="onRetry">Called before each wait.</param>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> write, TimeProvider time, Action<Exception> onRetry)
    {
        var started = time.GetTimestamp();
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // The window ends the attempts, not their number.
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome.Exception is { } exception && IsOutage(exception) && time.GetElapsedTime(started) < RetryWindow
                        ),
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(250),
                    MaxDelay = TimeSpan.FromSeconds(2),
                    UseJitter = true,
                    OnRetry = args =>
                    {
                        onRetry(args.Outcome.Exception!);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
        return await pipeline.ExecuteAsync(async ct => await write(ct), CancellationToken.None);
    }

    // What can pass by itself: everything but data that does not fit (22, 23), wrong SQL (42) and refusals by the schema's own code (P0).
    public static bool IsOutage(Exception exception) =>
        exception is TimeoutException or IOException or DatabaseUnavailableException
        || (
            exception is NpgsqlException
            && !(exception is PostgresException postgres && postgres.SqlState[..2] is ("22" or "23" or "42" or "P0"))
        );
}
