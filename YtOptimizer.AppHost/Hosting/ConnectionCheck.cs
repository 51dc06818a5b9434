using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Hosting;

/// <summary>Looks at a database that was configured rather than started: a wrong address shows on the resource.</summary>
internal static class ConnectionCheck
{
    private const int TimeoutSeconds = 5;

    /// <summary>Makes the connection string a resource that is healthy when it connects; what depends on it waits for that.</summary>
    public static IResourceBuilder<T> WithConnectionCheck<T>(this IResourceBuilder<T> connection)
        where T : IResourceWithConnectionString
    {
        if (!connection.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return connection;
        }

        var key = $"{connection.Resource.Name}_check";
        var told = "";
        connection.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, services => new Check(async ct =>
        {
            var problem = await FindProblemAsync(connection.Resource, ct);
            if (problem is not null && !string.Equals(problem, told, StringComparison.Ordinal))
            {
                Problem.Report(services, connection.Resource, problem);
            }

            told = problem ?? "";
            return problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(problem);
        }), failureStatus: null, tags: null));
        return connection.WithHealthCheck(key);
    }

    /// <summary>A sentence without the address itself, which may hold a password; null when the database answers.</summary>
    private static async Task<string?> FindProblemAsync(IResourceWithConnectionString connection, CancellationToken ct)
    {
        try
        {
            var address = await connection.GetConnectionStringAsync(ct);
            if (string.IsNullOrWhiteSpace(address))
            {
                return $"No address is configured: set ConnectionStrings__{connection.Name} or DATABASE_URL to your PostgreSQL " +
                    $"15 or later.";
            }

            var settings = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(address))
            { Pooling = false, Timeout = TimeoutSeconds };
            await using var database = new NpgsqlConnection(settings.ConnectionString);
            await database.OpenAsync(ct);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            var reason = exception is FormatException ? exception.Message : "A parameter of the address is not known or not valid.";
            return $"{reason} Correct DATABASE_URL (or ConnectionStrings__{connection.Name}): " +
                $"postgresql://name:password@host:5432/database.";
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return $"The database does not answer: {exception.Message} Check DATABASE_URL (or ConnectionStrings__{connection.Name}) and " +
                $"that the server accepts connections, or unset it to use a local server.";
        }
    }

    private sealed class Check(Func<CancellationToken, Task<HealthCheckResult>> look) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            look(cancellationToken);
    }
}
