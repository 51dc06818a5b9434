using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.AppHost.LocalRuntime.Running;
using YtOptimizer.AppHost.LocalRuntime.Testing;

namespace Aspire.Hosting;

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    string AppHostDirectory { get; }

    Assembly? AppHostAssembly { get; }

    IHostEnvironment Environment { get; }

    IServiceCollection Services { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    IResourceCollection Resources { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}

public enum DistributedApplicationOperation
{
    Run,
    Publish,
}

public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    public bool DisableDashboard { get; set; }
}

/// <summary>An error that the reader of the message can act on.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A builder whose application the local runtime will run.</summary>
internal interface IRuntimeBuilder : IDistributedApplicationBuilder
{
    RuntimeOptions Runtime { get; }
}

internal sealed class DistributedApplicationBuilder : IRuntimeBuilder
{
    private readonly HostApplicationBuilder _inner;
    private readonly TestingScope? _testing;

    /// <param name="options">What the AppHost asked for.</param>
    /// <param name="testing">The test that runs the AppHost, if one does.</param>
    /// <param name="standalone">The test makes the model itself: there is no entry point to hand over to.</param>
    public DistributedApplicationBuilder(DistributedApplicationOptions options, TestingScope? testing, bool standalone = false)
    {
        _testing = standalone ? null : testing;
        AppHostAssembly = typeof(DistributedApplicationBuilder).Assembly;
        var projectPath = testing?.ProjectPath ?? ProjectPathOf(AppHostAssembly);
        AppHostDirectory = Path.GetDirectoryName(projectPath)!;
        var args = options.Args ?? [];
        _inner = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ContentRootPath = Directory.Exists(AppHostDirectory) ? AppHostDirectory : AppContext.BaseDirectory,
            ApplicationName = AppHostAssembly.GetName().Name,
            EnvironmentName = testing is null ? null : Environments.Development,
        });

        var publish = string.Equals(Configuration["operation"], "publish", StringComparison.OrdinalIgnoreCase)
            || string.Equals(Configuration["publisher"], "manifest", StringComparison.OrdinalIgnoreCase);
        ExecutionContext = new(publish ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = projectPath,
            ["AppHost:Sha256"] = Sha256(publish ? Path.GetFileName(projectPath) : projectPath.ToLowerInvariant()),
        });

        Runtime = RuntimeOptions.From(Configuration, projectPath, testing, options.DisableDashboard);
        _inner.Logging.ClearProviders();
        Services.AddHttpClient();
        Services.AddHttpClient("health", client => client.Timeout = TimeSpan.FromSeconds(5));
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Runtime);
        Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton<ResourceCommandService>();
        Services.AddSingleton(ServerStarters.Default);
        Services.AddSingleton<Orchestrator>();
        Services.AddHostedService(services => services.GetRequiredService<Orchestrator>());
        Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(90));
        Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
    }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public RuntimeOptions Runtime { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _testing?.AwaitBuild(this);
        foreach (var resource in Resources)
        {
            LifecycleCommands.AddTo(resource);
        }

        var application = new DistributedApplication(_inner.Build(), _testing);
        _testing?.Built(application);
        return application;
    }

    private static string ProjectPathOf(Assembly assembly)
        => assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => string.Equals(a.Key, "AppHostProjectPath", StringComparison.OrdinalIgnoreCase))?.Value
            ?? Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.csproj");

    private static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
