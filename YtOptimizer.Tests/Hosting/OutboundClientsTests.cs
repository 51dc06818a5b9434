using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using YtOptimizer.Core;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Every HTTP client that the API and the worker register, and any that somebody will register, meets the guard.</summary>
public sealed class OutboundClientsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_EveryRegisteredClient_IsGuarded()
    {
        await using var api = await ApiFixture.StartAsync();
        await AssertGuardedAsync(
            api.Services,
            [
                "social-sign-in",
                "stripe",
                BreachCheck.ClientName,
                AlertChannels.HttpClientName,
                YouTubeApi.Upstream,
                OEmbed.Upstream,
                OpenAiClients.ChatHttp,
                OpenAiClients.AudioHttp,
                OpenAiClients.ImagesHttp,
            ]
        );
    }

    [Fact]
    public async Task Worker_EveryRegisteredClient_IsGuarded()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = "Host=127.0.0.1;Database=none",
                ["JWT_SECRET"] = Tokens.NewSecret(),
            }
        );
        builder.AddServiceDefaults();
        builder.AddCore();
        builder.AddWorkerServices();
        using var host = builder.Build();
        await AssertGuardedAsync(
            host.Services,
            [
                AlertChannels.HttpClientName,
                YouTubeApi.Upstream,
                OEmbed.Upstream,
                OpenAiClients.ChatHttp,
                OpenAiClients.AudioHttp,
                OpenAiClients.ImagesHttp,
            ]
        );
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("http://models.example.com")]
    [InlineData("models.example.com/v1")]
    public async Task AllowList_Unreadable_StopsTheStartByName(string value)
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["OUTBOUND_ALLOW"] = value });
        var error = Assert.ThrowsAny<Exception>(() => api.Anonymous());
        Assert.Contains("Invalid environment variable OUTBOUND_ALLOW", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task AssertGuardedAsync(IServiceProvider services, string[] expected)
    {
        // What AddHttpClient leaves behind, whoever called it.
        var names = services
            .GetServices<IConfigureOptions<HttpClientFactoryOptions>>()
            .OfType<ConfigureNamedOptions<HttpClientFactoryOptions>>()
            .Select(o => o.Name)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Superset(expected.ToHashSet(StringComparer.Ordinal), names.ToHashSet(StringComparer.Ordinal));

        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var address = new Uri($"http://{canary.LocalEndpoint}/");
        foreach (var name in names.Append("").Append("of-a-later-feature"))
        {
            var chain = Chain(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name)).ToList();
            var primary = Assert.IsType<SocketsHttpHandler>(chain[^1]);
            Assert.False(primary.AllowAutoRedirect, $"{name} follows redirects");
            Assert.False(primary.UseProxy, $"{name} uses the proxy of the environment");
            Assert.False(primary.UseCookies, $"{name} keeps cookies");
            Assert.True(primary.ConnectTimeout <= TimeSpan.FromSeconds(5), $"{name} waits {primary.ConnectTimeout} for a connection");
            Assert.True(
                !expected.Contains(name, StringComparer.Ordinal) || chain.Any(h => h is BoundedResponseHandler),
                $"{name} reads answers of any size"
            );
            using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
            Assert.InRange(client.MaxResponseContentBufferSize, 1, 64 * 1024 * 1024);

            using var invoker = new HttpMessageInvoker(primary, disposeHandler: false);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(request, Ct));
            Assert.IsType<OutboundRefusedException>(error.GetBaseException());
        }

        Assert.False(canary.Pending(), "a client dialled the canary");
    }

    private static IEnumerable<HttpMessageHandler> Chain(HttpMessageHandler handler)
    {
        for (var at = handler; at is not null; at = (at as DelegatingHandler)?.InnerHandler)
        {
            yield return at;
        }
    }
}
