using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.LocalRuntime.Running;
using YtOptimizer.AppHost.LocalRuntime.Servers;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>What processes find in their environment: names and forms are Aspire's.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task Environment_References_AreInjectedAsAspireDoes()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Parameters:db-password=dummy/word", "--Parameters:cache-password=dummy");
        builder.Services.AddSingleton(new ServerStarters(
            (_, _, _, _) => Task.FromResult<IRunningServer?>(new FakeServer { Port = 5555 }),
            (options, _, _, _) => Task.FromResult<IRunningServer?>(new FakeServer { Port = 6666 })));
        var password = builder.AddParameter("db-password", new GenerateParameterDefault(), secret: true);

        // The database itself is a value here: nothing waits for it.
        var database = builder.AddPostgres("pg", password: password).AddDatabase("my-db");
        var cache = builder.AddRedis("cache");
        var api = builder.AddScript<Web>("api", "exec sleep 600");
        AddPrinter<Web>(builder, "app").WithReference(database).WithReference(cache).WithReference(api).WithEnvironment("SECRET", password);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        var environment = await EnvironmentOfAsync(application, "app");

        Assert.Equal("Host=127.0.0.1;Port=5555;Username=postgres;Password=dummy/word;Database=my-db", environment["ConnectionStrings__my-db"]);
        Assert.Equal("127.0.0.1", environment["MY_DB_HOST"]);
        Assert.Equal("5555", environment["MY_DB_PORT"]);
        Assert.Equal("postgres", environment["MY_DB_USERNAME"]);
        Assert.Equal("dummy/word", environment["MY_DB_PASSWORD"]);
        Assert.Equal("my-db", environment["MY_DB_DATABASENAME"]);
        Assert.Equal("postgresql://postgres:dummy%2Fword@127.0.0.1:5555/my-db", environment["MY_DB_URI"]);
        Assert.Equal("jdbc:postgresql://127.0.0.1:5555/my-db", environment["MY_DB_JDBCCONNECTIONSTRING"]);
        Assert.Equal("127.0.0.1:6666,password=dummy", environment["ConnectionStrings__cache"]);
        Assert.Equal("redis://:dummy@127.0.0.1:6666", environment["CACHE_URI"]);
        Assert.Equal("dummy/word", environment["SECRET"]);
        var apiUrl = application.GetEndpoint("api", "http").ToString().TrimEnd('/');
        Assert.Equal(apiUrl, environment["services__api__http__0"]);
        Assert.Equal(apiUrl, environment["API_HTTP"]);
    }

    [Fact]
    public async Task Environment_Process_GetsItsOwnPortNameAndProfile()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        AddPrinter<Web>(builder, "app").WithReplicas(2);
        await using var application = await builder.BuildAsync(Token);
        await application.StartAsync(Token);

        var first = await EnvironmentOfAsync(application, "app-1");
        var second = await EnvironmentOfAsync(application, "app-2");

        Assert.Equal("Development", first["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("http", first["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("app", first["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=[0-9a-f]{8}$", first["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("in_memory", first["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
        Assert.NotEqual(first["OTEL_RESOURCE_ATTRIBUTES"], second["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.StartsWith("http://localhost:", first["ASPNETCORE_URLS"], StringComparison.Ordinal);
        Assert.NotEqual(first["ASPNETCORE_URLS"], second["ASPNETCORE_URLS"]);
        Assert.NotEqual(application.GetEndpoint("app").Port, new Uri(first["ASPNETCORE_URLS"]).Port);
    }

    [Fact]
    public async Task Environment_AppHostsOwn_ReachesProcessesButForFiveNames()
    {
        string[] kept = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];
        var before = kept.ToDictionary(n => n, Environment.GetEnvironmentVariable, StringComparer.Ordinal);
        try
        {
            Environment.SetEnvironmentVariable("ASPIRE_LOGLEVEL", "dummy");
            Environment.SetEnvironmentVariable("YTO_TEST_INHERITED", "dummy");
            await using var builder = DistributedApplicationTestingBuilder.Create();
            AddPrinter<Plain>(builder, "app");
            await using var application = await builder.BuildAsync(Token);
            await application.StartAsync(Token);

            var environment = await EnvironmentOfAsync(application, "app");

            Assert.Equal("dummy", environment["YTO_TEST_INHERITED"]);
            Assert.All(kept, name => Assert.DoesNotContain(name, environment.Keys));
        }
        finally
        {
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            Environment.SetEnvironmentVariable("YTO_TEST_INHERITED", null);
        }
    }

    [Fact]
    public void GeneratedSecrets_AreKeptAndOnlyTheirOwnerReadsThem()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("yto-secrets-").FullName, "secrets.json");

        var first = new SecretStore(path).GetOrAdd("Parameters:dummy", () => "one");
        var second = new SecretStore(path).GetOrAdd("Parameters:dummy", () => "two");

        Assert.Equal("one", first);
        Assert.Equal("one", second);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    // A shell would drop the names that are none of its own, such as those with a dash.
    private static IResourceBuilder<ProjectResource> AddPrinter<TProject>(IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var printer = builder.AddProject<TProject>(name).WithAnnotation(new LaunchCommandAnnotation("env", []));
        builder.AddScript($"after-{name}", "exec sleep 600").WaitForCompletion(printer);
        return printer;
    }

    private static async Task<Dictionary<string, string>> EnvironmentOfAsync(DistributedApplication application, string id)
    {
        await application.StateAsync(id, s => s.State?.Text == KnownResourceStates.Finished);
        await foreach (var lines in application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(id).WithCancellation(Token))
        {
            return lines.Select(l => l.Content.Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0], StringComparer.Ordinal).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        }

        throw new InvalidOperationException("No output.");
    }
}
