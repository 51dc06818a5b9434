using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;

var builder = DistributedApplication.CreateBuilder(args);
ServerAddresses.Resolve(builder.Configuration);

// A JWT_SECRET of the environment wins; otherwise one is generated and kept.
var jwtSecret = IsSet("JWT_SECRET")
    ? builder.AddParameterFromConfiguration("jwt-secret", "JWT_SECRET", secret: true)
    : builder.AddParameter("jwt-secret", new GenerateParameterDefault { MinLength = 64 }, secret: true, persist: true);

// An explicit address (a connection string, DATABASE_URL, REDIS_URL, …) wins over a server of our own.
var database = IsSet($"ConnectionStrings:{ResourceNames.Database}") ? builder.AddConnectionString(ResourceNames.Database) : AddPostgres();
var direct = IsSet($"ConnectionStrings:{ResourceNames.DatabaseDirect}") ? builder.AddConnectionString(ResourceNames.DatabaseDirect) : null;
IResourceBuilder<IResourceWithConnectionString> cache = IsSet($"ConnectionStrings:{ResourceNames.Cache}")
    ? builder.AddConnectionString(ResourceNames.Cache)
    : builder.AddRedis(ResourceNames.Cache);

var migrations = WithDatabase(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Migrations))
    .WithArgs("db", "push")
    .WithCommand("apply-migrations", "Apply migrations", context => Start(context, ResourceNames.Migrations), new CommandOptions
    {
        Description = "Applies the migrations that the database does not have yet.",
        IconName = "DatabaseArrowUp",
        IsHighlighted = true,
    });

WithDatabase(builder.AddProject<Projects.YtOptimizer_Api>(ResourceNames.Api))
    .WithReference(cache).WaitFor(cache)
    .WaitForCompletion(migrations)
    .WithReplicas(builder.Configuration.GetValue("Replicas:Api", 1))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithUrlForEndpoint("http", _ => new() { Url = "/api", DisplayText = "API documentation" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/api/v1/metrics-dashboard", DisplayText = "Metrics" });

var testAlert = WithDatabase(builder.AddProject<Projects.YtOptimizer_Worker>("test-alert"))
    .WithArgs("alerts", "test")
    .WithExplicitStart()
    .ExcludeFromManifest();

WithDatabase(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Worker))
    .WithReference(cache).WaitFor(cache)
    .WaitForCompletion(migrations)
    .WithReplicas(builder.Configuration.GetValue("Replicas:Worker", 1))
    .WithCommand("send-test-alert", "Send test alert", context => Start(context, testAlert.Resource.Name), new CommandOptions
    {
        Description = "Sends a test message through every alert channel that is configured.",
        IconName = "Alert",
    });

builder.Build().Run();

bool IsSet(string key) => !string.IsNullOrWhiteSpace(builder.Configuration[key]);

IResourceBuilder<IResourceWithConnectionString> AddPostgres()
{
    var password = builder.AddParameter("postgres-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
    return builder.AddPostgres(ResourceNames.Postgres, password: password)
        .WithArgs("-c", "shared_preload_libraries=pg_stat_statements")
        .WithDataVolume()
        .AddDatabase(ResourceNames.Database);
}

IResourceBuilder<ProjectResource> WithDatabase(IResourceBuilder<ProjectResource> project)
{
    project.WithReference(database).WaitFor(database).WithEnvironment("JWT_SECRET", jwtSecret);
    return direct is null ? project : project.WithReference(direct);
}

static Task<ExecuteCommandResult> Start(ExecuteCommandContext context, string resource)
    => context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, context.CancellationToken);
