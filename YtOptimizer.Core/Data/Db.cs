using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>
/// The one door to SQL: Dapper over <see cref="NpgsqlDataSource"/>, always with a cancellation token and a command timeout.
/// Methods open a pooled connection for one statement; <see cref="InTransactionAsync{T}"/> is for several.
/// </summary>
public sealed class Db(NpgsqlDataSource dataSource)
{
    /// <summary>Seconds until a statement is given up; long work (exports, maintenance) passes its own.</summary>
    public const int DefaultTimeoutSeconds = 15;

    public NpgsqlDataSource DataSource { get; } = dataSource;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken ct, int timeoutSeconds = DefaultTimeoutSeconds)
    {
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        return [.. await connection.QueryAsync<T>(Command(sql, parameters, null, ct, timeoutSeconds))];
    }

    public async Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        return await connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters, null, ct));
    }

    /// <summary>First column of the first row; <c>default</c> when there is none.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        return await connection.ExecuteScalarAsync<T>(Command(sql, parameters, null, ct));
    }

    /// <summary>Rows affected: statements carry ownership and state in their WHERE, so 0 means "not yours, gone or in another state".</summary>
    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken ct, int timeoutSeconds = DefaultTimeoutSeconds)
    {
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        return await connection.ExecuteAsync(Command(sql, parameters, null, ct, timeoutSeconds));
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; an exception rolls back.</summary>
    public async Task<T> InTransactionAsync<T>(Func<DbScope, Task<T>> work, CancellationToken ct, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = await DataSource.OpenOrUnavailableAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(isolation, ct);
        var result = await work(new DbScope(connection, transaction, ct));
        await transaction.CommitAsync(ct);
        return result;
    }

    internal static CommandDefinition Command(string sql, object? parameters, DbTransaction? transaction, CancellationToken ct, int timeoutSeconds = DefaultTimeoutSeconds) =>
        new(sql, parameters, transaction, timeoutSeconds, CommandType.Text, CommandFlags.Buffered, ct);
}

/// <summary>One open transaction: the same verbs as <see cref="Db"/>, on one connection.</summary>
public sealed class DbScope(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
{
    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    public CancellationToken Cancellation { get; } = ct;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await Connection.QueryAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation))];

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters = null) =>
        Connection.QueryFirstOrDefaultAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation));

    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        Connection.ExecuteScalarAsync<T>(Db.Command(sql, parameters, Transaction, Cancellation));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Connection.ExecuteAsync(Db.Command(sql, parameters, Transaction, Cancellation));
}
