using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Tries a connection string of a PostgreSQL or Redis-compatible server, as key-value pairs or as a URL.</summary>
internal static class ConnectionProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns>Healthy, or unhealthy with the reason; the reason never holds the password.</returns>
    public static async Task<HealthCheckResult> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            if (AsPostgres(connectionString) is { } postgres)
            {
                await CheckPostgresAsync(postgres, limit.Token);
            }
            else
            {
                await CheckRedisAsync(AsRedis(connectionString)).WaitAsync(limit.Token);
            }

            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (RedisConnectionException exception)
        {
            return HealthCheckResult.Unhealthy(exception.FailureType.ToString());
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or UriFormatException or FormatException)
        {
            return HealthCheckResult.Unhealthy(exception is DbException ? exception.Message : "not a valid connection string");
        }
    }

    /// <summary>The connection string in Npgsql's form, or null when it is not one of PostgreSQL.</summary>
    internal static string? AsPostgres(string connectionString)
    {
        if (Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql")
        {
            var user = uri.UserInfo.Split(':', 2);
            return new NpgsqlConnectionStringBuilder
            {
                Host = uri.Host,
                Port = uri.Port > 0 ? uri.Port : 5432,
                Username = Uri.UnescapeDataString(user[0]),
                Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
                Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
                SslMode = uri.Query.Contains("sslmode=require", StringComparison.OrdinalIgnoreCase) ? SslMode.Require : SslMode.Prefer,
            }.ConnectionString;
        }

        return connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("Server=", StringComparison.OrdinalIgnoreCase)
            ? connectionString
            : null;
    }

    private static async Task CheckPostgresAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private static ConfigurationOptions AsRedis(string connectionString)
    {
        if (!Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss"))
        {
            return ConfigurationOptions.Parse(connectionString);
        }

        var user = uri.UserInfo.Split(':', 2);
        return new ConfigurationOptions
        {
            EndPoints = { { uri.Host, uri.Port > 0 ? uri.Port : 6379 } },
            Ssl = string.Equals(uri.Scheme, "rediss", StringComparison.Ordinal),
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }

    private static async Task CheckRedisAsync(ConfigurationOptions options)
    {
        (options.AbortOnConnectFail, options.ConnectRetry, options.ConnectTimeout) = (true, 1, 5000);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        await connection.GetDatabase().PingAsync();
    }
}
