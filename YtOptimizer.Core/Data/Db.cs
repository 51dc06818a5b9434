using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>
/// The one door to SQL: Dapper over <see cref="NpgsqlDataSource"/>, always with a cancellation token and a command timeout. Methods open a
/// pooled connection for one statement; <see cref="InTransactionAsync{T}"/> is for several. While <see cref="DatabaseOutageDetector"/> says
/// that nothing answers, they throw <see cref="DatabaseUnavailableException"/> at once.
/// </summary>
public sealed class Db(NpgsqlDataSource dataSource, DatabaseOutageDetector? watch = null)
{
    /// <summary>Seconds until a question is given up; long ones (exports) pass their own. Waiting for locks ends sooner:
    /// <c>lock_timeout</c> of the connection.</summary>
    public const int ReadTimeoutSeconds = 5;

    /// <summary>Seconds until a change, or a statement of a transaction, is given up; long work (maintenance) passes its own.</summary>
    public const int WriteTimeoutSeconds = 10;

    public NpgsqlDataSource DataSource { get; } = dataSource;

    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql,
        object? parameters,
        CancellationToken ct,
        int timeoutSeconds = ReadTimeoutSeconds
    ) =>
        WatchedAsync<IReadOnlyList<T>>(
            async (connection, token) => [.. await connection.QueryAsync<T>(Command(sql, parameters, null, token, timeoutSeconds))],
            ct
        );

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters, CancellationToken ct) =>
        WatchedAsync((connection, token) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters, null, token)), ct);

    /// <summary>First column of the first row; <c>default</c> when there is none.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken ct) =>
        WatchedAsync((connection, token) => connection.ExecuteScalarAsync<T>(Command(sql, parameters, null, token)), ct);

    /// <summary>Rows affected: statements carry ownership and state in their WHERE, so 0 means "not yours, gone or in another
    /// state".</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken ct, int timeoutSeconds = WriteTimeoutSeconds) =>
        WatchedAsync((connection, token) => connection.ExecuteAsync(Command(sql, parameters, null, token, timeoutSeconds)), ct);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction; an exception rolls back. After a deadlock or a serialization failure all of it runs
    /// again, on another connection: it may change nothing but the database.
    /// </summary>
    public Task<T> InTransactionAsync<T>(
        Func<DbScope, Task<T>> work,
        CancellationToken ct,
        IsolationLevel isolation = IsolationLevel.ReadCommitted
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        return WatchedAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(isolation, token);
                var result = await work(new DbScope(connection, transaction, token));
                await transaction.CommitAsync(token);
                return result;
            },
            ct
        );
    }

    private async Task<T> WatchedAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var outage = watch?.Outage ?? CancellationToken.None;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, outage);
        watch?.Entered();
        try
        {
            var result = await Conflicts.RetryAsync(token => OpenAndAsync(work, token), either.Token).WaitAsync(outage);
            watch?.Answered();
            return result;
        }
        catch (OperationCanceledException exception) when (outage.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException("Failed to connect to database: it does not answer", exception);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
        {
            // After a failover the pool's connections still lead to the server that was demoted.
            DataSource.Clear();
            throw;
        }
        finally
        {
            watch?.Left();
        }
    }

    private async Task<T> OpenAndAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        return await work(connection, ct);
    }

    internal static CommandDefinition Command(
        string sql,
        object? parameters,
        DbTransaction? transaction,
        CancellationToken ct,
        int timeoutSeconds = WriteTimeoutSeconds
    ) => new(sql, parameters, transaction, timeoutSeconds, CommandType.Text, CommandFlags.Buffered, ct);
}

/// <summary>One open transaction: the same verbs as <see cref="Db"/>, on one connection.</summary>
public sealed class DbScope(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
{
    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    public CancellationToken Cancellation { get; } = ct;

    /// <summary>
    /// From here on the server ends this transaction when no statement comes for 5 s: a process that was frozen, or cut off, must not keep
    /// its row locks. For transactions that hold rows which others need.
    /// </summary>
    public Task LimitIdleAsync() => ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = '5s'");

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await Connection.QueryAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation))];

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters = null) =>
        Connection.QueryFirstOrDefaultAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation));

    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        Connection.ExecuteScalarAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Connection.ExecuteAsync(Db.Command(sql, parameters, Transaction, Cancellation));
}
