using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace YtOptimizer.Tests.Realtime;

/// <summary>A YARP proxy that hands requests to the given servers in turn, without sticky sessions.</summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private readonly WebApplication app;

    private RoundRobin(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<RoundRobin> StartAsync(IEnumerable<Uri> servers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new RouteConfig
                    {
                        RouteId = "all",
                        ClusterId = "api",
                        Match = new RouteMatch { Path = "{**any}" },
                    },
                ],
                [
                    new ClusterConfig
                    {
                        ClusterId = "api",
                        LoadBalancingPolicy = "RoundRobin",
                        HttpRequest = new Yarp.ReverseProxy.Forwarder.ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromMinutes(5) },
                        Destinations = servers
                            .Select((server, i) => (server, i))
                            .ToDictionary(
                                s => $"api{s.i}",
                                s => new DestinationConfig { Address = s.server.ToString() },
                                StringComparer.Ordinal
                            ),
                    },
                ]
            );
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RoundRobin(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
