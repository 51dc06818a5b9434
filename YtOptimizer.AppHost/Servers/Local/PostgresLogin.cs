using Npgsql;

namespace YtOptimizer.AppHost.Servers.Local;

internal enum LoginResult { Accepted, WrongPassword, NotYet }

/// <summary>Logs in to a private server to learn whether it is ready.</summary>
internal static class PostgresLogin
{
    public static async Task<LoginResult> TryAsync(int port, string password, CancellationToken ct)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres" };
            (settings.Password, settings.Timeout, settings.CommandTimeout, settings.Pooling) = (password, 5, 5, false);
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(ct);
            return LoginResult.Accepted;
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return LoginResult.WrongPassword;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return LoginResult.NotYet;
        }
    }
}
