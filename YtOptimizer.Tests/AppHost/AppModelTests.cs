using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The app model as data. Compiles and holds with the Aspire packages too.</summary>
public sealed class AppModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_Default_HasEveryResource()
    {
        await using var builder = await CreateAsync();

        Assert.Subset(
            builder.Resources.Select(r => r.Name).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>([ResourceNames.Postgres, ResourceNames.Database, ResourceNames.Cache, ResourceNames.Migrations, ResourceNames.Api, ResourceNames.Worker], StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.Worker)]
    public async Task Model_Process_WaitsForMigrationsDatabaseAndCache(string name)
    {
        await using var builder = await CreateAsync();

        var waits = Resource(builder, name).Annotations.OfType<WaitAnnotation>().ToList();

        Assert.Contains(waits, w => w.Resource.Name == ResourceNames.Migrations && w.WaitType == WaitType.WaitForCompletion && w.ExitCode == 0);
        Assert.Contains(waits, w => w.Resource.Name == ResourceNames.Database && w.WaitType == WaitType.WaitUntilHealthy);
        Assert.Contains(waits, w => w.Resource.Name == ResourceNames.Cache && w.WaitType == WaitType.WaitUntilHealthy);
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
    }

    [Fact]
    public async Task Model_ReplicasConfigured_AreSet()
    {
        await using var builder = await CreateAsync("--Replicas:Api=3", "--Replicas:Worker=2");

        Assert.Equal(3, Resource(builder, ResourceNames.Api).Annotations.OfType<ReplicaAnnotation>().Last().Replicas);
        Assert.Equal(2, Resource(builder, ResourceNames.Worker).Annotations.OfType<ReplicaAnnotation>().Last().Replicas);
    }

    [Theory]
    [InlineData("ConnectionStrings:ytoptimizer=Host=db.invalid", "ConnectionStrings:ytoptimizer-direct=Host=direct.invalid", "ConnectionStrings:cache=cache.invalid:6379")]
    [InlineData("DATABASE_URL=postgresql://u:dummy@db.invalid/d", "DIRECT_URL=postgresql://u:dummy@direct.invalid/d", "REDIS_URL=redis://cache.invalid:6379")]
    [InlineData("SUPABASE_URL=postgresql://u:dummy@db.invalid/d", "DATABASE_DIRECT_URL=postgresql://u:dummy@direct.invalid/d", "REDIS_HOST=cache.invalid")]
    public async Task Model_AddressesGiven_StartsNoServer(string database, string direct, string cache)
    {
        await using var builder = await CreateAsync("--" + database, "--" + direct, "--" + cache);

        Assert.Contains("db.invalid", builder.Configuration.GetConnectionString(ResourceNames.Database), StringComparison.Ordinal);
        Assert.Contains("direct.invalid", builder.Configuration.GetConnectionString(ResourceNames.DatabaseDirect), StringComparison.Ordinal);
        Assert.Contains("cache.invalid", builder.Configuration.GetConnectionString(ResourceNames.Cache), StringComparison.Ordinal);
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.Database));
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.DatabaseDirect));
        Assert.IsAssignableFrom<IResourceWithConnectionString>(Resource(builder, ResourceNames.Cache));
    }

    [Fact]
    public async Task Model_PlainNameBesideConnectionString_TheConnectionStringWins()
    {
        await using var builder = await CreateAsync("--ConnectionStrings:ytoptimizer=Host=db.invalid", "--DATABASE_URL=postgresql://u:dummy@other.invalid/d");

        Assert.Equal("Host=db.invalid", builder.Configuration.GetConnectionString(ResourceNames.Database));
    }

    [Fact]
    public async Task Model_OperatorCommands_AreOnTheirResources()
    {
        await using var builder = await CreateAsync();

        Assert.Contains(Resource(builder, ResourceNames.Migrations).Annotations.OfType<ResourceCommandAnnotation>(), c => c.DisplayName == "Apply migrations");
        Assert.Contains(Resource(builder, ResourceNames.Worker).Annotations.OfType<ResourceCommandAnnotation>(), c => c.DisplayName == "Send test alert");
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>(args, Token);

    private static IResource Resource(IDistributedApplicationBuilder builder, string name) => builder.Resources.Single(r => r.Name == name);
}
