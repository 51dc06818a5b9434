using Npgsql;
using Polly;
using Polly.Retry;

namespace YtOptimizer.Core.Data;

/// <summary>
/// Statements that lost against others at the same rows. The server rolled them back whole and asks for another try; that is contention,
/// never an outage.
/// </summary>
public static class Conflicts
{
    private const int Retries = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<PostgresException>(exception => IsRolledBack(exception.SqlState)),
                MaxRetryAttempts = Retries - 1,
                Delay = TimeSpan.FromMilliseconds(20),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            }
        )
        .Build();

    /// <summary>Deadlock or serialization failure: the same again may succeed.</summary>
    public static bool IsRolledBack(string sqlState) =>
        sqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>As <see cref="IsRolledBack"/>, or waiting for somebody else's lock took too long.</summary>
    public static bool IsContention(Exception? exception) =>
        exception switch
        {
            null => false,
            PostgresException postgres => IsRolledBack(postgres.SqlState) || postgres.SqlState == PostgresErrorCodes.LockNotAvailable,
            _ => IsContention(exception.InnerException),
        };

    internal static async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            // Nearly always this is all: the pipeline costs more than the rest of the way to the database.
            return await work(ct);
        }
        catch (PostgresException exception) when (IsRolledBack(exception.SqlState))
        {
            await Task.Delay(FirstPause, ct);
        }

        return await Pipeline.ExecuteAsync(async token => await work(token), ct);
    }
}
