using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.AppHost.LocalRuntime.Running;
using YtOptimizer.AppHost.LocalRuntime.Testing;

namespace Aspire.Hosting.Testing;

/// <summary>An application under test: random ports, its own temporary data, no dashboard.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the AppHost of <typeparamref name="TEntryPoint"/> up to the point where it would build its application.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var type = typeof(TEntryPoint);
        var projectPath = (string)(type.GetProperty("ProjectPath", BindingFlags.Public | BindingFlags.Static)?.GetValue(obj: null)
            ?? throw new InvalidOperationException($"{type} is not the generated type of an AppHost project."));
        var (scope, builder) = await TestingScope.RunEntryPointAsync(type.Assembly, projectPath, args, cancellationToken);
        return new Builder(builder, scope);
    }

    /// <summary>An empty application, for models that a test makes itself.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args)
    {
        var projectPath = Path.Combine(AppContext.BaseDirectory, "Test.AppHost.csproj");
        return new Builder(new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true }, new TestingScope(projectPath, args), standalone: true), scope: null);
    }

    private sealed class Builder(DistributedApplicationBuilder inner, TestingScope? scope) : IDistributedApplicationTestingBuilder, IRuntimeBuilder
    {
        private DistributedApplication? _application;

        public ConfigurationManager Configuration => inner.Configuration;

        public RuntimeOptions Runtime => inner.Runtime;

        public string AppHostDirectory => inner.AppHostDirectory;

        public Assembly? AppHostAssembly => inner.AppHostAssembly;

        public IHostEnvironment Environment => inner.Environment;

        public IServiceCollection Services => inner.Services;

        public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

        public IResourceCollection Resources => inner.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource
            => inner.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
            where T : IResource
            => inner.CreateResourceBuilder(resource);

        public DistributedApplication Build() => BuildAsync(CancellationToken.None).GetAwaiter().GetResult();

        public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
            => _application ??= scope is null ? inner.Build() : await scope.BuildAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_application is not null)
            {
                await _application.DisposeAsync();
            }

            inner.Runtime.DeleteTemporaryData();
        }

        public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client whose base address is the endpoint; it tries again while the service comes up.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"Resource '{resourceName}' does not expose a connection string.", nameof(resourceName));

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var resource = Find(app, resourceName) as IResourceWithEndpoints;
        var endpoint = resource?.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => endpointName is null || string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"Endpoint '{endpointName}' for resource '{resourceName}' not found.", nameof(endpointName));
        return new Uri(new EndpointReference(resource!, endpoint.Name).Url);
    }

    private static IResource Find(DistributedApplication app, string resourceName)
        => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.FirstOrDefault(r => string.Equals(r.Name, resourceName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"Resource '{resourceName}' not found.", nameof(resourceName));
}
