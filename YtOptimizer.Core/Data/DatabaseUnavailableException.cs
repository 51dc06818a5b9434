using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>The database cannot be reached, or has no connection left. HTTP answers it with 503 and Retry-After; loops try again.</summary>
public sealed class DatabaseUnavailableException : NpgsqlException
{
    public DatabaseUnavailableException() { }

    public DatabaseUnavailableException(string message)
        : base(message) { }

    public DatabaseUnavailableException(string message, Exception? innerException)
        : base(message, innerException) { }

    public override bool IsTransient => true;

    /// <summary>
    /// Whether <paramref name="exception"/>, or what caused it, means "the database is not there right now": no connection, a connection
    /// lost under a statement, too many connections, a server that starts, stops or is read-only after a failover, a statement that timed
    /// out.
    /// </summary>
    public static bool Matches(Exception? exception) =>
        exception switch
        {
            null => false,
            DatabaseUnavailableException => true,
            PostgresException postgres => IsOutage(postgres.SqlState),
            NpgsqlException => true,
            _ => Matches(exception.InnerException),
        };

    private static bool IsOutage(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal)
        || sqlState.StartsWith("53", StringComparison.Ordinal)
        || sqlState.StartsWith("57P", StringComparison.Ordinal)
        || sqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled;
}
