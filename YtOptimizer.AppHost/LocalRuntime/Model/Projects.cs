using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    bool SuppressBuild => false;
}

/// <summary>Where the build put a project's program; the generated <c>Projects.*</c> types know it.</summary>
internal interface IBuiltProject
{
    string TargetPath { get; }
}

/// <summary>The launch profile that a project runs with.</summary>
internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project. Its launch profile gives it endpoints and environment in run mode, as with <c>dotnet run</c>.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation<IProjectMetadata>(metadata)
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        var settings = metadata.LaunchSettings ?? LaunchSettings.Of(metadata.ProjectPath);
        var launch = settings?.Select(builder.Configuration["DOTNET_LAUNCH_PROFILE"]);

        if (builder.ExecutionContext.IsPublishMode)
        {
            AddPublishEndpoints(project, launch?.Profile);
        }
        else if (launch is var (profileName, profile))
        {
            project.WithAnnotation(new LaunchProfileAnnotation(profileName, profile));
            AddLaunchProfile(project, profileName, profile);
        }

        return project;
    }

    /// <summary>Runs that many processes of the project, behind one port.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
        => replicas is < 1 or > 64
            ? throw new DistributedApplicationException($"'{builder.Resource.Name}' cannot run with {replicas} replicas: choose 1 to 64.")
            : builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    private static void AddLaunchProfile(IResourceBuilder<ProjectResource> project, string name, LaunchProfile profile)
    {
        var perScheme = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var url in (profile.ApplicationUrl ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Wildcard hosts are no URIs.
            var uri = new Uri(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal));
            var count = perScheme[uri.Scheme] = perScheme.GetValueOrDefault(uri.Scheme) + 1;
            project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, uri.Scheme, name: count > 1 ? $"{uri.Scheme}{count}" : uri.Scheme, port: uri.Port)
            {
                TargetHost = uri.Host,
                FromLaunchProfile = true,
            });
        }

        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (key, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(key, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    // In the manifest a web project has an http and an https binding without ports; the deployment tool knows them.
    private static void AddPublishEndpoints(IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        if (profile?.ApplicationUrl is null)
        {
            return;
        }

        project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "http"));
        project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "https"));
        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            context.EnvironmentVariables["HTTP_PORTS"] = new EndpointReference(project.Resource, "http").Property(EndpointProperty.TargetPort);
        });
    }
}

public static class EndpointBuilderExtensions
{
    /// <summary>Marks the HTTP endpoints as reachable from outside the application.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>The resource is healthy when <c>GET {path}</c> answers with <paramref name="statusCode"/> (200 unless given).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var (endpoint, expected) = (endpointName ?? "http", statusCode ?? 200);
        var key = $"{builder.Resource.Name}_{endpoint}_{path ?? "/"}_{expected}_check";
        return builder.WithAnnotation(new LocalHealthCheckAnnotation(key, async (target, cancellationToken) =>
        {
            if (!target.Ports.TryGetValue(endpoint, out var port))
            {
                return HealthCheckResult.Unhealthy($"The endpoint '{endpoint}' has no port.");
            }

            using var client = target.Services.GetRequiredService<IHttpClientFactory>().CreateClient("health");
            using var response = await client.GetAsync(new UriBuilder("http", "localhost", port, path ?? "/").Uri, cancellationToken);
            return (int)response.StatusCode == expected
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"GET {path ?? "/"} answered {(int)response.StatusCode} instead of {expected}.");
        }));
    }
}
