using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace YtOptimizer.RollingRestart;

/// <summary>
/// An ordinary load balancer: round robin over what the readiness probe, asked every second, says. It repeats nothing: a request that meets
/// a process that is gone fails.
/// </summary>
internal sealed class Proxy(WebApplication app) : IAsyncDisposable
{
    private const string Cluster = "apis";

    public Uri Address { get; } = new(app.Urls.First());

    public static async Task<Proxy> StartAsync(IReadOnlyList<string> apis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory([Route()], [Balance(apis)]);
        var app = builder.Build();
        app.UseWebSockets();
        app.MapReverseProxy();
        await app.StartAsync();
        return new Proxy(app);
    }

    /// <summary>Whether requests are sent to the API at <paramref name="url"/>.</summary>
    public bool Sends(string url) =>
        app.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster(Cluster, out var cluster)
        && cluster.DestinationsState.AvailableDestinations.Any(destination => destination.Model.Config.Address == url)
        && cluster.Destinations.Values.Any(destination =>
            destination.Model.Config.Address == url && destination.Health.Active == DestinationHealth.Healthy
        );

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static RouteConfig Route() =>
        new()
        {
            RouteId = "all",
            ClusterId = Cluster,
            Match = new RouteMatch { Path = "{**rest}" },
        };

    private static ClusterConfig Balance(IReadOnlyList<string> apis) =>
        new()
        {
            ClusterId = Cluster,
            LoadBalancingPolicy = "RoundRobin",
            Destinations = apis.ToDictionary(url => url, url => new DestinationConfig { Address = url }, StringComparer.Ordinal),
            HealthCheck = new HealthCheckConfig
            {
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = true,
                    Interval = TimeSpan.FromSeconds(1),
                    Timeout = TimeSpan.FromSeconds(2),
                    Path = "/health/readiness",
                    Policy = "ConsecutiveFailures",
                },
            },
            // One bad answer is enough: with the default of two, a process would have to drain a second longer.
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1" },
        };
}
