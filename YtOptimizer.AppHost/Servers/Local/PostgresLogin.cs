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
