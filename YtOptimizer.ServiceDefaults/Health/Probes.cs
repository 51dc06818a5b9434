using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>
/// Asks the database over a connection of its own, so that a busy pool is not taken for a dead server.
/// </summary>
internal sealed class DatabaseProbe(IConfiguration configuration, TimeProvider clock) : IHealthCheck, IAsyncDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private readonly Lock gate = new();
    private NpgsqlDataSource? source;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var address = configuration.GetConnectionString(ResourceNames.Database);
        if (string.IsNullOrWhiteSpace(address))
        {
            return HealthCheckResult.Unhealthy("not configured: set DATABASE_URL");
        }

        try
        {
            var started = clock.GetTimestamp();
            await using var command = Source(address).CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return clock.GetElapsedTime(started) < Slow ? HealthCheckResult.Healthy("reachable") : HealthCheckResult.Degraded("slow");
        }
        catch (PostgresException exception)
        {
            return HealthCheckResult.Unhealthy("refused: " + exception.SqlState);
        }
        catch (Exception exception) when (exception is NpgsqlException or FormatException or System.Net.Sockets.SocketException)
        {
            return HealthCheckResult.Unhealthy("unreachable");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync();
        }
    }

    private NpgsqlDataSource Source(string address)
    {
        lock (gate)
        {
            return source ??= NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(address, "health")) { MaxPoolSize = 1, CommandTimeout = 1 });
        }
    }
}

/// <summary>The cache can only degrade; without one the process works as well, which is healthy.</summary>
internal sealed class RedisProbe(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<IConnectionMultiplexer>() is not { } redis)
        {
            return HealthCheckResult.Healthy("not configured: running without a cache");
        }

        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy("reachable");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("unreachable");
        }
    }
}
