using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>Opens connections the way this application wants them opened.</summary>
public static class OpenConnection
{
    /// <summary>Time for opening, with the second attempt.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // The single retry is written out: this is on the path of every statement, and a pipeline would cost each of them.

    /// <summary>
    /// A connection from the pool. A failure that a second attempt usually mends (a restarted server leaves dead connections in the pool, a
    /// server that starts up refuses for a moment) is retried once, after a short random pause; statements are never retried.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">Within 2 s: no server, no free connection, or the server refuses.</exception>
    public static async Task<NpgsqlConnection> OpenOrUnavailableAsync(this NpgsqlDataSource dataSource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        // A free connection of the pool is there at once.
        var free = dataSource.OpenConnectionAsync(ct);
        return free.IsCompletedSuccessfully ? free.Result : await OpenOrUnavailableAsync(dataSource, free.AsTask(), ct);
    }

    private static async Task<NpgsqlConnection> OpenOrUnavailableAsync(
        NpgsqlDataSource dataSource,
        Task<NpgsqlConnection> opening,
        CancellationToken ct
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            try
            {
                return await OpenAsync(opening, limit.Token);
            }
            catch (NpgsqlException exception) when (IsWorthAnotherTry(exception))
            {
                await Task.Delay(RandomNumberGenerator.GetInt32(50, 150), limit.Token);
                return await OpenAsync(dataSource.OpenConnectionAsync(limit.Token).AsTask(), limit.Token);
            }
        }
        catch (NpgsqlException exception)
        {
            throw new DatabaseUnavailableException("Failed to connect to database: " + exception.Message, exception);
        }
        catch (SocketException exception)
        {
            throw new DatabaseUnavailableException("Failed to connect to database: " + exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException("Failed to connect to database: no connection within 2 s", exception);
        }
    }

    /// <summary>Npgsql does not heed the token while it negotiates encryption with a server that says nothing: such an attempt is left
    /// behind, and closed if it ever ends.</summary>
    private static async Task<NpgsqlConnection> OpenAsync(Task<NpgsqlConnection> opening, CancellationToken ct)
    {
        try
        {
            return await opening.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (!opening.IsCompleted)
        {
            _ = CloseWhenOpenAsync(opening);
            throw;
        }
    }

    private static async Task CloseWhenOpenAsync(Task<NpgsqlConnection> opening)
    {
        try
        {
            await (await opening).DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or OperationCanceledException)
        {
            // It failed, as expected; the caller has been told already.
        }
    }

    private static bool IsWorthAnotherTry(NpgsqlException exception) =>
        exception is PostgresException postgres
            ? postgres.SqlState
                is PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
            : exception.InnerException is not TimeoutException;
}
