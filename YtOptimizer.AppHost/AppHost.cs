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

// An explicit address (a connection string, DATABASE_URL, REDIS_URL, …) wins over a server of our own. On our own, API and worker connect with a login of
// the application's rights alone, which the migration step makes; only what needs the owner (migrations, backups, VACUUM) gets the owner's.
ReferenceExpression? application = null;
IResourceBuilder<ParameterResource>? applicationPassword = null;
var database = IsSet($"ConnectionStrings:{ResourceNames.Database}") ? builder.AddConnectionString(ResourceNames.Database) : AddPostgres();
var direct = IsSet($"ConnectionStrings:{ResourceNames.DatabaseDirect}") ? builder.AddConnectionString(ResourceNames.DatabaseDirect) : null;
IResourceBuilder<IResourceWithConnectionString> cache = IsSet($"ConnectionStrings:{ResourceNames.Cache}")
    ? builder.AddConnectionString(ResourceNames.Cache)
    : builder.AddRedis(ResourceNames.Cache);

var migrations = AsOwner(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Migrations))
    .WithArgs("db", "push")
    .WithCommand("apply-migrations", "Apply migrations", context => Start(context, ResourceNames.Migrations), new CommandOptions
    {
        Description = "Applies the migrations that the database does not have yet.",
        IconName = "DatabaseArrowUp",
        IsHighlighted = true,
    });

AsApplication(builder.AddProject<Projects.YtOptimizer_Api>(ResourceNames.Api))
    .WithReference(cache).WaitFor(cache)
    .WaitForCompletion(migrations)
    .WithReplicas(builder.Configuration.GetValue("Replicas:Api", 1))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithUrlForEndpoint("http", _ => new() { Url = "/api", DisplayText = "API documentation" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/api/v1/metrics-dashboard", DisplayText = "Metrics" });

var testAlert = AsOwner(builder.AddProject<Projects.YtOptimizer_Worker>("test-alert"))
    .WithArgs("alerts", "test")
    .WithExplicitStart()
    .ExcludeFromManifest();

AsApplication(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Worker), chores: true)
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
    var postgres = builder.AddPostgres(ResourceNames.Postgres, password: password)
        .WithArgs("-c", "shared_preload_libraries=pg_stat_statements")
        .WithDataVolume();
    var own = postgres.AddDatabase(ResourceNames.Database);
    applicationPassword = builder.AddParameter("application-password", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
    application = ReferenceExpression.Create($"Host={postgres.Resource.Host};Port={postgres.Resource.Port};Username=ytoptimizer_service;Password={applicationPassword.Resource};Database={own.Resource.DatabaseName}");
    return own;
}

IResourceBuilder<ProjectResource> AsOwner(IResourceBuilder<ProjectResource> project)
{
    project.WithReference(database).WaitFor(database).WithEnvironment("JWT_SECRET", jwtSecret);
    if (applicationPassword is not null)
    {
        project.WithEnvironment("DATABASE_APP_PASSWORD", applicationPassword);
    }

    return direct is null ? project : project.WithReference(direct);
}

IResourceBuilder<ProjectResource> AsApplication(IResourceBuilder<ProjectResource> project, bool chores = false)
{
    if (application is null)
    {
        return AsOwner(project);
    }

    project.WaitFor(database).WithEnvironment("JWT_SECRET", jwtSecret).WithEnvironment($"ConnectionStrings__{ResourceNames.Database}", application);
    return direct is not null ? project.WithReference(direct)
        : chores ? project.WithEnvironment($"ConnectionStrings__{ResourceNames.DatabaseDirect}", ((IResourceWithConnectionString)database.Resource).ConnectionStringExpression)
        : project;
}

static Task<ExecuteCommandResult> Start(ExecuteCommandContext context, string resource)
    => context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, context.CancellationToken);
