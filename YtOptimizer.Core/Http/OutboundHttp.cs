using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace YtOptimizer.Core.Http;

/// <summary>
/// Outbound HTTP that cannot be turned inwards (SSRF): the address that is dialled is checked, after name resolution and at the moment of
/// dialling, so neither a DNS answer that changes nor a redirect reaches a private service. No redirects, no proxy from the environment,
/// bounded time and size. Every upstream client of the product is registered through here.
/// </summary>
public static class OutboundHttp
{
    /// <summary>
    /// Registers a named client: <c>services.AddOutboundHttpClient("openai", (o, sp) => o.BaseAddress = …)</c>, then
    /// <c>IHttpClientFactory.CreateClient("openai")</c> or <c>.AddTypedClient</c>; add resilience on the returned builder.
    /// </summary>
    public static IHttpClientBuilder AddOutboundHttpClient(this IServiceCollection services, string name, Action<OutboundOptions, IServiceProvider>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OutboundOptions Options(IServiceProvider provider)
        {
            var options = new OutboundOptions();
            configure?.Invoke(options, provider);
            return options;
        }

        return services.AddHttpClient(name)
            .ConfigureHttpClient((provider, client) =>
            {
                var options = Options(provider);
                client.BaseAddress = options.BaseAddress;
                client.Timeout = options.TotalTimeout;
                client.MaxResponseContentBufferSize = options.MaxResponseBytes;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("YtOptimizer/1.0");
            })
            .ConfigurePrimaryHttpMessageHandler(provider => CreateHandler(Options(provider)))
            .AddHttpMessageHandler(provider => new BoundedResponseHandler(Options(provider).MaxResponseBytes));
    }

    /// <summary>The guarded handler itself, for clients that are built by hand (such as the OpenAI SDK's transport).</summary>
    public static SocketsHttpHandler CreateHandler(OutboundOptions options) => CreateHandler(options, Dns.GetHostAddressesAsync, DialAsync);

    /// <summary>As above with name resolution and dialling replaceable, so that tests can watch what would be dialled.</summary>
    internal static SocketsHttpHandler CreateHandler(OutboundOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> dial)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, options.BaseAddress, resolve, dial, ct),
        };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Uri? chosen, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> dial, CancellationToken ct)
    {
        var host = target.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        var chosenByOperator = chosen is not null && chosen.Port == target.Port && string.Equals(chosen.IdnHost, host, StringComparison.OrdinalIgnoreCase);
        Exception? failure = null;
        foreach (var address in addresses)
        {
            if (!chosenByOperator && !PrivateAddresses.IsPublic(address))
            {
                failure = new OutboundRefusedException(target.Host);
                continue;
            }

            try
            {
                return await dial(new IPEndPoint(address, target.Port), ct);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Stream> DialAsync(IPEndPoint endpoint, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
