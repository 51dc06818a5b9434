using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>The command line and the environment of a resource's process.</summary>
internal static class ProjectLaunch
{
    /// <exception cref="DistributedApplicationException">The project's program does not exist.</exception>
    public static void Validate(ProjectResource resource)
    {
        if (resource.Annotations.OfType<LaunchCommandAnnotation>().Any())
        {
            return;
        }

        var metadata = Metadata(resource);
        if (metadata is not IBuiltProject built || !File.Exists(built.TargetPath))
        {
            var path = (metadata as IBuiltProject)?.TargetPath;
            throw new DistributedApplicationException($"The program of '{resource.Name}' is missing{(path is null ? string.Empty : $" ({path})")}: run `dotnet build {metadata.ProjectPath}` and start again.");
        }
    }

    public static LaunchCommand Command(ProjectResource resource, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var metadata = Metadata(resource);
        var directory = Path.GetDirectoryName(metadata.ProjectPath)!;
        if (resource.Annotations.OfType<LaunchCommandAnnotation>().LastOrDefault() is { } command)
        {
            return new LaunchCommand(command.FileName, [.. command.Arguments, .. arguments], directory, environment);
        }

        return new LaunchCommand(DotnetHost(), [((IBuiltProject)metadata).TargetPath, .. arguments], directory, environment);
    }

    public static async Task<List<string>> ArgumentsAsync(IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        var values = new List<object>();
        var context = new CommandLineArgsCallbackContext(values, services.GetRequiredService<DistributedApplicationExecutionContext>(), cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var arguments = new List<string>();
        foreach (var value in values)
        {
            arguments.Add(await TextAsync(value, cancellationToken));
        }

        return arguments;
    }

    /// <summary>What Aspire sets for a project, apart from what belongs to one process of it.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(services.GetRequiredService<DistributedApplicationExecutionContext>(), resource, cancellationToken: cancellationToken);
        context.EnvironmentVariables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        context.EnvironmentVariables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            AddDevelopmentTelemetry(context.EnvironmentVariables);
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            environment[name] = await TextAsync(value, cancellationToken);
        }

        return environment;
    }

    // Prompt export, so that a developer sees what just happened.
    private static void AddDevelopmentTelemetry(Dictionary<string, object> variables)
    {
        foreach (var interval in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
        {
            variables[interval] = "1000";
        }

        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }

    private static async Task<string> TextAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? string.Empty,
        _ => throw new DistributedApplicationException($"A value of type {value.GetType().Name} cannot be passed to a process."),
    };

    private static IProjectMetadata Metadata(ProjectResource resource) => resource.Annotations.OfType<IProjectMetadata>().First();

    // The host that runs us: its folder holds the shared framework that we are built for.
    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var path = Path.Combine(root, name);
        return File.Exists(path) ? path : name;
    }
}
