using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>
/// Reports the database as reachable while statements of the process are answered, and asks itself when there were none: over a connection
/// of its own, so that a busy pool is not taken for a dead server.
/// </summary>
/// <param name="configuration">Where the address is.</param>
/// <param name="clock">Clock.</param>
/// <param name="lastAnswer">How long ago a statement was answered, and how long the last periodic one took; null: not known.</param>
internal sealed class DatabaseProbe(
    IConfiguration configuration,
    TimeProvider clock,
    [FromKeyedServices(ResourceNames.SinceAnswer)] Func<(TimeSpan Age, TimeSpan Took)?>? lastAnswer = null
) : IHealthCheck, IAsyncDisposable
{
    /// <summary>The process asks the database something every second.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMilliseconds(1500);
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

        if (lastAnswer?.Invoke() is { } last && last.Age < Recent)
        {
            return Reachable(last.Took);
        }

        try
        {
            var started = clock.GetTimestamp();
            await using var command = Source(address).CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return Reachable(clock.GetElapsedTime(started));
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

    private static HealthCheckResult Reachable(TimeSpan took) =>
        took < Slow ? HealthCheckResult.Healthy("reachable") : HealthCheckResult.Degraded("slow");

    private NpgsqlDataSource Source(string address)
    {
        lock (gate)
        {
            return source ??= NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(address, "health")) { MaxPoolSize = 1, CommandTimeout = 1 }
            );
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
