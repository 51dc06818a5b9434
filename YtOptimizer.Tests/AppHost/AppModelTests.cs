using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The app model as data.</summary>
public sealed class AppModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_Default_HasEveryResource()
    {
        await using var builder = await CreateAsync();

        Assert.Subset(
            builder.Resources.Select(r => r.Name).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(
                [
                    ResourceNames.Postgres,
                    ResourceNames.Database,
                    ResourceNames.Cache,
                    ResourceNames.Migrations,
                    ResourceNames.Api,
                    ResourceNames.Worker,
                ],
                StringComparer.Ordinal
            )
        );
    }

    [Theory]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.Worker)]
    public async Task Model_Process_WaitsForMigrationsAndDatabaseNotForTheCache(string name)
    {
        await using var builder = await CreateAsync();

        var waits = Resource(builder, name).Annotations.OfType<WaitAnnotation>().ToList();

        Assert.Contains(waits, w =>
            w.Resource.Name == ResourceNames.Migrations && w.WaitType == WaitType.WaitForCompletion && w.ExitCode == 0
        );
        Assert.Contains(waits, w => w.Resource.Name == ResourceNames.Database && w.WaitType == WaitType.WaitUntilHealthy);
        Assert.DoesNotContain(waits, w => w.Resource.Name == ResourceNames.Cache);
    }

    [Fact]
    public async Task Model_Endpoints_OnlyTheApiIsReachable()
    {
        await using var builder = await CreateAsync();

        var api = Assert.Single(Resource(builder, ResourceNames.Api).Annotations.OfType<EndpointAnnotation>());
        Assert.Equal(5080, api.Port);
        Assert.True(api.IsExternal);
        Assert.Empty(Resource(builder, ResourceNames.Worker).Annotations.OfType<EndpointAnnotation>());
    }

    [Fact]
    public async Task Model_Secrets_AreGeneratedNotWritten()
    {
        await using var builder = await CreateAsync();

        var parameters = builder.Resources.OfType<ParameterResource>().ToList();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, p => Assert.True(p.Secret));
        Assert.All(parameters, p => Assert.NotNull(p.Default));
        Assert.All(parameters, p => Assert.False(string.IsNullOrWhiteSpace(p.Description), p.Name));
    }

    [Fact]
    public async Task Model_ReplicasConfigured_AreSet()
    {
        await using var builder = await CreateAsync("--Replicas:Api=3", "--Replicas:Worker=2");

        Assert.Equal(3, Resource(builder, ResourceNames.Api).Annotations.OfType<ReplicaAnnotation>().Last().Replicas);
        Assert.Equal(2, Resource(builder, ResourceNames.Worker).Annotations.OfType<ReplicaAnnotation>().Last().Replicas);
    }

    [Theory]
    [InlineData(
        "ConnectionStrings:ytoptimizer=Host=db.invalid",
        "ConnectionStrings:ytoptimizer-direct=Host=direct.invalid",
        "ConnectionStrings:cache=cache.invalid:6379"
    )]
    [InlineData(
        "DATABASE_URL=postgresql://u:dummy@db.invalid/d",
        "DIRECT_URL=postgresql://u:dummy@direct.invalid/d",
        "REDIS_URL=redis://cache.invalid:6379"
    )]
    [InlineData(
        "SUPABASE_URL=postgresql://u:dummy@db.invalid/d",
        "DATABASE_DIRECT_URL=postgresql://u:dummy@direct.invalid/d",
        "REDIS_HOST=cache.invalid"
    )]
    public async Task Model_AddressesGiven_StartsNoServer(string database, string direct, string cache)
    {
        await using var builder = await CreateAsync("--" + database, "--" + direct, "--" + cache);

        Assert.Contains("db.invalid", builder.Configuration.GetConnectionString(ResourceNames.Database), StringComparison.Ordinal);
        Assert.Contains(
            "direct.invalid",
            builder.Configuration.GetConnectionString(ResourceNames.DatabaseDirect),
            StringComparison.Ordinal
        );
        Assert.Contains("cache.invalid", builder.Configuration.GetConnectionString(ResourceNames.Cache), StringComparison.Ordinal);
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.Database));
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.DatabaseDirect));
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.Cache));
    }

    [Fact]
    public async Task Model_PlainNameBesideConnectionString_TheConnectionStringWins()
    {
        await using var builder = await CreateAsync(
            "--ConnectionStrings:ytoptimizer=Host=db.invalid",
            "--DATABASE_URL=postgresql://u:dummy@other.invalid/d"
        );

        Assert.Equal("Host=db.invalid", builder.Configuration.GetConnectionString(ResourceNames.Database));
    }

    [Theory]
    [InlineData(ResourceNames.Migrations, "apply-migrations")]
    [InlineData(ResourceNames.Worker, "send-test-alert")]
    [InlineData(ResourceNames.Worker, "run-doctor")]
    [InlineData(ResourceNames.Api, "promote")]
    [InlineData(ResourceNames.Database, "psql")]
    [InlineData(ResourceNames.Database, "reset")]
    public async Task Model_OperatorCommand_IsOnItsResourceAndExplained(string resource, string name)
    {
        await using var builder = await CreateAsync();

        var command = Assert.Single(Resource(builder, resource).Annotations.OfType<ResourceCommandAnnotation>(), c => c.Name == name);

        Assert.False(string.IsNullOrWhiteSpace(command.DisplayDescription));
        Assert.NotNull(command.IconName);
        Assert.Equal(name == "reset", command.ConfirmationMessage is not null);
    }

    [Fact]
    public async Task Model_ServersLocal_NeedsNoContainer()
    {
        await using var builder = await CreateAsync();

        Assert.Empty(builder.Resources.OfType<ContainerResource>());
        Assert.IsAssignableFrom<ExecutableResource>(Resource(builder, ResourceNames.Postgres));
        Assert.IsAssignableFrom<ExecutableResource>(Resource(builder, ResourceNames.Cache));
    }

    [Fact]
    public async Task Model_ServersLocal_ConnectionPropertiesAreThoseOfAContainer()
    {
        await using var local = await CreateAsync();
        await using var container = await CreateAsync("--Servers=container");

        foreach (var name in (string[])[ResourceNames.Postgres, ResourceNames.Database, ResourceNames.Cache])
        {
            Assert.Equal(Names(container, name), Names(local, name));
        }

        static IEnumerable<string> Names(IDistributedApplicationBuilder builder, string name) =>
            ((IResourceWithConnectionString)Resource(builder, name))
                .GetConnectionProperties()
                .Select(p => p.Key)
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Model_ServersContainer_UsesAspiresOwn()
    {
        await using var builder = await CreateAsync("--Servers=container");

        Assert.IsType<PostgresServerResource>(Resource(builder, ResourceNames.Postgres));
        Assert.IsType<PostgresDatabaseResource>(Resource(builder, ResourceNames.Database));
        Assert.IsType<RedisResource>(Resource(builder, ResourceNames.Cache));
        Assert.Contains(Resource(builder, ResourceNames.Postgres).Annotations.OfType<ContainerMountAnnotation>(), m =>
            m.Type == ContainerMountType.Volume
        );
    }

    [Fact]
    public async Task Model_ServersExternal_AsksForTheDatabaseAndDoesWithoutCache()
    {
        await using var builder = await CreateAsync("--Servers=external");

        Assert.IsNotAssignableFrom<IResourceWithParent>(Resource(builder, ResourceNames.Database));
        Assert.DoesNotContain(builder.Resources, r => r.Name is ResourceNames.Postgres or ResourceNames.Cache);
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
    }

    [Fact]
    public async Task Model_ServersUnknown_SaysWhatIsKnown()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync("--Servers=docker"));

        Assert.Contains(
            "Servers=docker is not known. Use local, installed, package, container or external",
            exception.ToString(),
            StringComparison.Ordinal
        );
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>(args, Token);

    private static IResource Resource(IDistributedApplicationBuilder builder, string name) => builder.Resources.Single(r => r.Name == name);
}
