using Npgsql;

namespace YtOptimizer.Core.Migrations;

/// <summary>A migration that cannot be applied, in words for operators: what, where, and what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException() { }

    public MigrationException(string message)
        : base(message) { }

    public MigrationException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Names file, line and statement of a refused statement.</summary>
    internal static MigrationException From(PostgresException exception, MigrationFile file, SqlStatement statement)
    {
        var line =
            statement.Line
            + (exception.Position > 0 ? statement.Text.AsSpan(0, Math.Min(exception.Position - 1, statement.Text.Length)).Count('\n') : 0);
        var excerpt = statement.Text.Length > 400 ? statement.Text[..400] + " …" : statement.Text;
        var state = file.InTransaction
            ? "Nothing of this file was applied."
            : "Statements before this one stay applied: the file runs without a transaction.";
        return new MigrationException(
            $"""
            Migration {file.FileName} failed in line {line}: {exception.MessageText} (SQLSTATE {exception.SqlState})
            {(exception.Detail is { } detail ? detail + Environment.NewLine : "")}{state} Statement:

            {excerpt}

            {Advice(exception.SqlState, file)}
            """,
            exception
        );
    }

    private static string Advice(string sqlState, MigrationFile file) =>
        sqlState switch
        {
            PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateObject
            or PostgresErrorCodes.DuplicateColumn
            or PostgresErrorCodes.DuplicateSchema
            or PostgresErrorCodes.DuplicateFunction =>
                $"If the database already is as this migration would make it, mark it as applied: db repair --status applied "
                    + $"{file.Version}",
            PostgresErrorCodes.LockNotAvailable =>
                "Another session holds the table. Migrations give up after 4 s so that they never stop traffic: run db push again when "
                    + "the load is lower.",
            PostgresErrorCodes.InsufficientPrivilege =>
                "The role of the connection may not do this. Use the owner of the database (on Supabase: postgres) in "
                    + "DATABASE_DIRECT_URL or DATABASE_URL.",
            PostgresErrorCodes.ActiveSqlTransaction =>
                $"This statement cannot run in a transaction. Put it into a file of its own that begins with: "
                    + $"{MigrationFile.NoTransactionHeader}",
            _ => "Correct the file and run db push again.",
        };
}
