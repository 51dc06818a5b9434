using Npgsql;

namespace YtOptimizer.Core.Migrations;

public static partial class Migrator
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestLockWait = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that holds the schema lock. The lock is polled, not waited for: a waiting statement
    /// would keep a snapshot, and CREATE INDEX CONCURRENTLY in another process waits for snapshots.
    /// </summary>
    internal static async Task<T> InLockAsync<T>(NpgsqlConnection connection, Func<Task<T>> work, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (await TryLockAsync(connection, "SELECT pg_try_advisory_xact_lock($1)", ct))
            {
                var result = await work();
                await transaction.CommitAsync(ct);
                return result;
            }

            await transaction.RollbackAsync(ct);
            await WaitAsync(started, ct);
        }
    }

    /// <summary>The same lock without a transaction, for statements that cannot run in one; ends with the session, so a killed process
    /// leaves none.</summary>
    private static async Task<T> InSessionLockAsync<T>(NpgsqlConnection connection, Func<Task<T>> work, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await TryLockAsync(connection, "SELECT pg_try_advisory_lock($1)", ct))
        {
            await WaitAsync(started, ct);
        }

        try
        {
            return await work();
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await TryLockAsync(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None);
                await MigrationLedger.RunAsync(connection, "RESET lock_timeout", CancellationToken.None);
            }
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = MigrationLedger.LockKey } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task WaitAsync(long started, CancellationToken ct)
    {
        if (TimeProvider.System.GetElapsedTime(started) > LongestLockWait)
        {
            throw new MigrationException(
                "Another process has been migrating this database for 10 minutes. Look for it in pg_stat_activity, then run db push again."
            );
        }

        await Task.Delay(LockPoll, ct);
    }
}
