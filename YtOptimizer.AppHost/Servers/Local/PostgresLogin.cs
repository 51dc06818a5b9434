using Npgsql;

namespace YtOptimizer.AppHost.Servers.Local;

internal enum LoginResult
{
    Accepted,
    WrongPassword,
    NotYet,
}

/// <summary>Logs in to a private server to learn whether it is ready.</summary>
internal static class PostgresLogin
{
    public static async Task<LoginResult> TryAsync(int port, string password, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(port, password));
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(ct);
            return LoginResult.Accepted;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return LoginResult.WrongPassword;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return LoginResult.NotYet;
        }
    }

    /// <summary>Sets a new password for the superuser.</summary>
    public static async Task ChangePasswordAsync(int port, string current, string wanted, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(port, current));
        await connection.OpenAsync(ct);

        // ALTER ROLE takes no parameters; the server quotes the literal itself.
        await using var quote = new NpgsqlCommand("SELECT format('ALTER ROLE postgres PASSWORD %L', $1)", connection) { Parameters = { new() { Value = wanted } } };
        var statement = (string)(await quote.ExecuteScalarAsync(ct))!;
#pragma warning disable CA2100 // The text comes from format('%L') above.
        await using var alter = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await alter.ExecuteNonQueryAsync(ct);
    }

    private static string ConnectionString(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = password,
        Database = "postgres",
        Timeout = 5,
        CommandTimeout = 5,
        Pooling = false,
        ApplicationName = "ytoptimizer-launcher",
    }.ConnectionString;
}
