using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.AppHost.Servers;

/// <summary>A Redis-compatible server without Docker: an installed Redis or Valkey, else Garnet. Nothing in it is kept.</summary>
internal static class LocalRedisExtensions
{
    /// <summary>Adds a cache server that runs as a local process, on loopback only and without persistence.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddLocalRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> password,
            ServerSource source = ServerSource.Any)
    {
        var installed = source == ServerSource.Package ? null : RedisSearch.FindAsync([], CancellationToken.None).GetAwaiter().GetResult();
        if (installed is not null)
        {
            return builder.AddResource(new LocalRedisResource(name, OperatingSystem.IsWindows() ? installed.Program : "/bin/sh",
                password.Resource))
                .WithIconName("Memory")
                .WithArgs(async context =>
                {
                    if (Prepared(context) is var (user, file))
                    {
                        var (command, arguments) = await Setpriv.WrapAsync(user, null, installed.Program, [file]);
                        foreach (var argument in OperatingSystem.IsWindows() ? arguments
                            : ["-c", "exec \"$@\"", name, command, .. arguments])
                        {
                            context.Args.Add(argument);
                        }
                    }
                })
                .AsLocalServer(builder, password);
        }

#pragma warning disable ASPIREDOTNETTOOL // Experimental: tools as resources.
        return builder.AddDotnetTool(new LocalGarnetResource(name, password.Resource))
            .WithToolVersion(LocalGarnetResource.Version)
            .WithIconName("Memory")
            .WithArgs(context =>
            {
                if (Prepared(context) is var (_, file))
                {
                    context.Args.Add("--config-import-path");
                    context.Args.Add(file);
                }
            })
            .AsLocalServer(builder, password);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AsLocalServer<T>(this IResourceBuilder<T> server,
        IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> password)
        where T : ExecutableResource, ILocalRedisResource
    {
        var check = $"{server.Resource.Name}_check";
        ILocalRedisResource redis = server.Resource;
        builder.Services.AddHealthChecks()
            .AddAsyncCheck(check, ct => LocalServer.CheckAsync(redis.PrimaryEndpoint, password.Resource, FindProblemAsync, ct));
        return server
            .WithEndpoint(name: ILocalRedisResource.EndpointName, scheme: "tcp", port: LoopbackPorts.FindFree(), isProxied: false)
            .WithHealthCheck(check)
            .OnBeforeResourceStarted((resource, started, ct) => LocalServer.PrepareAsync(resource, started, async progress =>
            {
                LocalServer.RequireFree(redis.PrimaryEndpoint);
                var secret = await password.Resource.GetValueAsync(ct) ?? "";
                var garnet = resource is LocalGarnetResource;

                // Garnet runs as we do: another user might not reach the .NET runtime.
                var user = garnet ? null : await UnixUser.ForServerAsync("", ct);
                var folder = Path.Combine(await DataFolder.PrepareAsync(LocalServer.DataDirectory(builder), user, ct), "redis");
                Directory.CreateDirectory(folder);
                resource.Prepared = (user, garnet ? RedisConfiguration.WriteGarnet(folder, redis.PrimaryEndpoint.Port, secret)
                    : RedisConfiguration.Write(folder, user, redis.PrimaryEndpoint.Port, secret));
            }));
    }

    private static async Task<string?> FindProblemAsync(int port, string password, CancellationToken ct) =>
        await RedisLogin.TryAsync(port, password, ct) ? null : "The server does not accept a write.";

    private static (UnixUser? User, string File)? Prepared(CommandLineArgsCallbackContext context) =>
        ((ILocalRedisResource)context.Resource).Prepared;
}
