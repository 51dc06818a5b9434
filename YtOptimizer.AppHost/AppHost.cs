using Microsoft.Extensions.Configuration;
using YtOptimizer.AppHost.Hosting;
using YtOptimizer.AppHost.Servers;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;

var builder = DistributedApplication.CreateBuilder(args);
HomeFolder.RequireWritable();
ServerAddresses.Resolve(builder.Configuration);
var dataDirectory = LocalServer.DataDirectory(builder);

// Where PostgreSQL and the cache come from. An address of your own wins; publishing always writes containers.
var servers = ServersSetting.Read(builder);
var programs = servers switch
{
    ServersMode.Installed => ServerSource.Installed,
    ServersMode.Package => ServerSource.Package,
    _ =>
    ServerSource.Any
};

// A JWT_SECRET of the environment wins; otherwise one is generated and kept.
var jwtSecret = IsSet("JWT_SECRET")
    ? builder.AddParameterFromConfiguration("jwt-secret", "JWT_SECRET", secret: true)
    : builder.AddSecret("jwt-secret", length: 64);
jwtSecret.WithDescription("Signs access tokens; changing it signs everybody out.");

var isOwnServer = servers != ServersMode.External && !IsSet($"ConnectionStrings:{ResourceNames.Database}");
var database = AddDatabase();
var direct = IsSet($"ConnectionStrings:{ResourceNames.DatabaseDirect}") ? builder.AddConnectionString(ResourceNames.DatabaseDirect) : null;
var cache = AddCache();

// On a server of our own, API and worker connect with a login of the application's rights alone, which the migration step makes;
// only what needs the owner (migrations, backups, VACUUM) gets the owner's.
var applicationPassword = isOwnServer
    ? builder.AddSecret("application-password", length: 32).WithDescription("Of the database login ytoptimizer_service, which has the " +
        "application's rights and no more.")
    : null;

var migrations = AsOwner(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Migrations))
    .WithArgs("db", "push")
    .WithIconName("DatabaseArrowUp")
    .WithParentRelationship(database.Resource is LocalPostgresDatabaseResource local ? local.Parent : database.Resource);

var api = AsApplication(builder.AddProject<Projects.YtOptimizer_Api>(ResourceNames.Api))
    .WaitForCompletion(migrations)
    .WithReplicas(builder.Configuration.GetValue("Replicas:Api", 1))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithRestartOnCrash()
    .WithIconName("Globe")
    .WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ("/", "Application"))
    .WithUrlForEndpoint("http", _ => new() { Url = "/api", DisplayText = "API documentation" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/api/v1/metrics-dashboard", DisplayText = "Metrics" })
    .RequireFreePorts();

var worker = AsApplication(builder.AddProject<Projects.YtOptimizer_Worker>(ResourceNames.Worker), chores: true)
    .WaitForCompletion(migrations)
    .WithReplicas(builder.Configuration.GetValue("Replicas:Worker", 1))
    .WithRestartOnCrash()
    .WithIconName("Settings");

OperatorCommands.Add(database, migrations, api, worker, dataDirectory);
if (builder.ExecutionContext.IsRunMode)
{
    database.WriteLocalApplication(dataDirectory, Settings());
}

builder.Build().Run();

bool IsSet(string key) => !string.IsNullOrWhiteSpace(builder.Configuration[key]);

IResourceBuilder<IResourceWithConnectionString> AddDatabase()
{
    if (!isOwnServer)
    {
        return builder.AddConnectionString(ResourceNames.Database).WithConnectionCheck();
    }

    var password = builder.AddSecret("postgres-password", length: 22, () => LocalServer.SavedPostgresPassword(dataDirectory))
        .WithDescription("Of the database's superuser.");
    string[] extensions = ["-c", "shared_preload_libraries=pg_stat_statements"];
    return servers == ServersMode.Container
        ? builder.AddPostgres(ResourceNames.Postgres, password: password).WithArgs(extensions).WithDataVolume()
            .AddDatabase(ResourceNames.Database)
        : builder.AddLocalPostgres(ResourceNames.Postgres, password, programs).WithArgs(extensions).WithRestartOnCrash()
            .AddDatabase(ResourceNames.Database);
}

// The cache is optional: nothing waits for it, and nothing fails without it.
IResourceBuilder<IResourceWithConnectionString>? AddCache()
{
    if (IsSet($"ConnectionStrings:{ResourceNames.Cache}"))
    {
        return builder.AddConnectionString(ResourceNames.Cache);
    }

    if (servers == ServersMode.External)
    {
        return null;
    }

    var password = builder.AddSecret("cache-password", length: 22).WithDescription("Of the cache server.");
    return servers == ServersMode.Container
        ? builder.AddRedis(ResourceNames.Cache, password: password)
        : builder.AddLocalRedis(ResourceNames.Cache, password, programs);
}

IResourceBuilder<ProjectResource> AsOwner(IResourceBuilder<ProjectResource> project)
{
    project.WithReference(database).WaitFor(database).WithEnvironment("JWT_SECRET", jwtSecret);
    project = applicationPassword is null ? project : project.WithEnvironment("DATABASE_APP_PASSWORD", applicationPassword);
    return direct is null ? project : project.WithReference(direct);
}

IResourceBuilder<ProjectResource> AsApplication(IResourceBuilder<ProjectResource> project, bool chores = false)
{
    project = cache is null ? project : project.WithReference(cache);
    if (applicationPassword is null)
    {
        return AsOwner(project);
    }

    var properties = database.Resource.GetConnectionProperties().ToDictionary(StringComparer.Ordinal);
    var login = ReferenceExpression.Create($"Host={properties["Host"]};Port={properties["Port"]};Username=ytoptimizer_service;" +
        $"Password={applicationPassword};Database={properties["DatabaseName"]}");
    project.WaitFor(database).WithEnvironment("JWT_SECRET", jwtSecret)
        .WithEnvironment($"ConnectionStrings__{ResourceNames.Database}", login);
    return direct is not null ? project.WithReference(direct)
        : chores ? project.WithEnvironment($"ConnectionStrings__{ResourceNames.DatabaseDirect}",
            database.Resource.ConnectionStringExpression)
        : project;
}

// What the worker's verbs need, under the names that its configuration has.
Dictionary<string, IValueProvider?> Settings() => new(StringComparer.Ordinal)
{
    [$"ConnectionStrings:{ResourceNames.Database}"] = database.Resource.ConnectionStringExpression,
    [$"ConnectionStrings:{ResourceNames.DatabaseDirect}"] = direct?.Resource.ConnectionStringExpression,
    [$"ConnectionStrings:{ResourceNames.Cache}"] = cache?.Resource.ConnectionStringExpression,
    ["Auth:JwtSecret"] = jwtSecret.Resource,
    ["Database:AppPassword"] = applicationPassword?.Resource,
};
